import { execFile, type ExecFileException } from 'node:child_process';
import { fromBytes } from './byte-text.ts';
import { CrontabError } from './crontab-error.ts';

/** How a call of the program `crontab` ended. */
export interface CrontabResult {
  readonly exitCode: number;
  /** Bytes, one character for each. */
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls `crontab` with arguments, without a shell and with nothing on its standard input. */
export type CrontabProgram = (...args: string[]) => Promise<CrontabResult>;

const USUAL_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/wrappers/bin';

/**
 * Not the caller's variables, PATH aside: messages have to be in English to be told apart, and CRONTAB_NOHEADER=N makes Debian's `crontab -l`
 * print three lines that are not in the table. The editor is one that only prints (see `listTable`).
 */
const ENVIRONMENT = {
  LC_ALL: 'C',
  CRONTAB_NOHEADER: 'Y',
  VISUAL: 'cat',
  EDITOR: 'cat',
};
const MOST_OUTPUT_BYTES = 16 * 1024 * 1024;

/**
 * The program `crontab`, by name, to be found on the caller's PATH where that is known, or by path.
 *
 * The promise is rejected with a `CrontabError` where the program is missing, may not be run or does not answer in time; an exit code is a result.
 */
export function crontabProgram(command: string, timeoutMs: number, searchPath?: string): CrontabProgram {
  const options = {
    encoding: 'latin1',
    env: { ...ENVIRONMENT, PATH: searchPath === undefined || searchPath === '' ? USUAL_PATH : searchPath },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_OUTPUT_BYTES,
  } as const;
  return (...args) =>
    new Promise((resolve, reject) => {
      const child = execFile(command, args, options, (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : error.code;
        if (typeof exitCode === 'number') resolve({ exitCode, stdout, stderr });
        else reject(new CrontabError(whyNoResult(command, timeoutMs, error), { cause: error }));
      });
      child.stdin?.end();
    });
}

/** One sentence on a call that ended with an exit code other than 0. */
export function explainFailure(what: string, { exitCode, stderr }: CrontabResult): string {
  const said = fromBytes(stderr)
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 300);
  if (/must be privileged to use -u|only root|must be suid/i.test(said)) {
    return `${what}: only root may work on another user's crontab, run it with sudo or as that user (${said})`;
  }
  if (/not allowed to (?:use|access)|cannot use this program/i.test(said)) {
    return `${what}: this user may not use crontab, ask the administrator about /etc/cron.allow and /etc/cron.deny (${said})`;
  }
  if (/user .*unknown|unknown user/i.test(said)) return `${what}: there is no such user on this machine (${said})`;
  return `${what}: ${said === '' ? 'crontab gave no reason' : said} (exit code ${exitCode})`;
}

function whyNoResult(command: string, timeoutMs: number, error: ExecFileException | null): string {
  const code = error?.code;
  if (code === 'ENOENT') {
    return `there is no program "${command}" on this machine; install cron (Debian, Ubuntu: apt install cron) or use another scheduler`;
  }
  if (code === 'EACCES') return `this user may not run the program "${command}"; ask the administrator`;
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return `"${command}" printed more than 16 MB; look at the crontab by hand`;
  if (error?.killed === true) return `"${command}" did not answer within ${timeoutMs / 1000} s; try it by hand`;
  return `"${command}" ended without a result: ${error?.signal ?? error?.message ?? 'no reason given'}`;
}
