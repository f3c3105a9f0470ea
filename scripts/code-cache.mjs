// Keeps the machine code of each chunk beside it (see bin/code-cache.js). Code is kept of what a run has called, so small
// runs are made on a demo blog in a temporary folder: first one with nothing to do, which cron makes most often and whose
// chunks should hold no more than it needs; then the others, for the chunks that are left.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(import.meta.url);
const root = join(script, '..', '..');
const words = process.argv.slice(2);

if (words.length > 0) await runAndKeep();
else {
  const folder = mkdtempSync(join(tmpdir(), 'blogctl-build-'));
  const config = ['--config', join(folder, 'demo', 'blogctl.yaml')];
  const call = (file, ...given) => {
    const env = { ...process.env, XDG_CACHE_HOME: folder, BLOGCTL_NOW: '' };
    const { status } = spawnSync(process.execPath, [file, ...given], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`${given.join(' ')} ended with ${status}`);
  };
  try {
    call(join(root, 'bin', 'blogctl.js'), 'demo', join(folder, 'demo'));
    call(join(root, 'bin', 'blogctl.js'), 'run', 'warm-cache', ...config);
    call(script, 'run', 'warm-cache', ...config);
    call(script, 'run', 'warm-cache', '--scheduled', ...config);
    call(script, 'warm-cache', '--force', ...config);
    call(script, 'history', ...config);
    call(script, '--help');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runAndKeep() {
  const { loadChunk, chunks } = createRequire(import.meta.url)('../bin/code-cache.js');
  const dist = join(root, 'dist');
  const launcherPath = join(root, 'bin', 'blogctl.js');
  const { main } = loadChunk(join(dist, 'main.cjs'));
  await main({
    launcherPath,
    version: createRequire(import.meta.url)('../package.json').version,
    folder: dist,
    extension: '.cjs',
  });
  for (const [file, chunk] of chunks) {
    if (!existsSync(`${file}.code`)) writeFileSync(`${file}.code`, chunk.script.createCachedData());
  }
}
