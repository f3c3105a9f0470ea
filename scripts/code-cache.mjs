// Keeps the machine code of each chunk beside it (see bin/code-cache.js). The code of functions that a typical run calls
// is only there once they were called: so a small run is made first, on a demo blog in a temporary folder.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const { loadChunk, chunks } = require('../bin/code-cache.js');
const folder = mkdtempSync(join(tmpdir(), 'blogctl-build-'));

const { main } = loadChunk(join(dist, 'main.cjs'));
const launch = { launcherPath: join(dist, '..', 'bin', 'blogctl.js'), version: '0', folder: dist, extension: '.cjs' };
const run = async (...words) => {
  process.argv = [process.execPath, launch.launcherPath, ...words];
  await main(launch);
  if (process.exitCode !== 0) throw new Error(`${words.join(' ')} ended with ${process.exitCode}`);
};
try {
  const config = join(folder, 'demo', 'blogctl.yaml');
  await run('demo', join(folder, 'demo'), '--quiet');
  await run('run', 'warm-cache', '--scheduled', '--config', config);
  await run('warm-cache', '--quiet', '--config', config);
  await run('history', '--quiet', '--config', config);
  for (const [file, { script }] of chunks) writeFileSync(`${file}.code`, script.createCachedData());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
