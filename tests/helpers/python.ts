import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { requireProgram } from './servers/programs.ts';

const LIMIT_MS = 30_000;

/** The distribution's own: the one that Debian's python3-markdown and python3-pygments belong to. */
const SYSTEM_PYTHON = '/usr/bin/python3';

/** Runs a Python script, gives it the input, and returns what it prints. */
export function python(script: string, input: string | Buffer = ''): Promise<string> {
  const program = existsSync(SYSTEM_PYTHON) ? SYSTEM_PYTHON : requireProgram('python3');
  const env = { ...process.env, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' };
  return new Promise((resolve, reject) => {
    const options = { env, timeout: LIMIT_MS, maxBuffer: Infinity };
    const child = execFile(program, ['-c', script], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`python3 failed:\n${stderr.trim() || error.message}`, { cause: error }));
    });
    // A script that ends without reading its input is the script's own business.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
