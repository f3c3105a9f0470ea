import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { race } from './measure.ts';
import type { Result } from './run.ts';

const launcher = fileURLToPath(new URL('../bin/blogctl.js', import.meta.url));

/** Start-up: the version, and a run with nothing to do on SQLite, against a bare node. */
export function startUp(): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'blogctl-bench-'));
  try {
    const made = spawnSync(process.execPath, [launcher, 'demo', folder, '--quiet']);
    if (made.status !== 0) throw new Error(`demo ended with ${made.status}: ${made.stderr.toString()}`);
    const config = ['--config', join(folder, 'blogctl.yaml')];
    const node = process.execPath;
    const timings = race(
      [
        { label: 'node -e 0', command: [node, '-e', '0'] },
        { label: 'blogctl --version', command: [node, launcher, '--version'] },
        { label: 'blogctl run warm-cache, nothing to do', command: [node, launcher, 'run', 'warm-cache', ...config] },
        { label: 'blogctl run publish-due, nothing due', command: [node, launcher, 'run', 'publish-due', ...config] },
        { label: 'blogctl warm-cache, nothing to do', command: [node, launcher, 'warm-cache', ...config] },
      ],
      21,
    );
    const most = [undefined, 1.5, 3, 3, 3];
    return timings.map(({ label, wallMs, ratio }, index) => ({
      label,
      figure: `${wallMs.toFixed(1)} ms, ${ratio.toFixed(2)} x`,
      ...limitOf(most[index], ratio),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function limitOf(most: number | undefined, ratio: number): Pick<Result, 'target' | 'isMet'> {
  return most === undefined ? {} : { target: `at most ${most} x`, isMet: ratio <= most };
}
