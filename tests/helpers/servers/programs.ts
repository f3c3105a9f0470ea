import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Debian puts servers into sbin folders, which are not on the PATH of an ordinary user. */
const SERVER_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** The full path of a program on the PATH or in a server's folder, or null. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), ...SERVER_FOLDERS];
  return folders.map((folder) => path.join(folder, name)).find(isExecutable) ?? null;
}

/** Like `findProgram`, for a program that must be there: its absence is the reader's next step. */
export function requireProgram(name: string): string {
  const found = findProgram(name);
  if (found === null) throw new Error(`${name} is not installed`);
  return found;
}

/** A program of the newest PostgreSQL: Debian keeps them by version, away from the PATH. */
export function findPostgresProgram(name: string): string | null {
  const versions = listFolder(POSTGRES_VERSIONS).toSorted((a, b) => Number(b) - Number(a));
  const candidates = versions.map((version) => path.join(POSTGRES_VERSIONS, version, 'bin', name));
  return candidates.find(isExecutable) ?? findProgram(name);
}

/** Whether this process is root: servers refuse to run as root, cron refuses to run as anyone else. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** An entry of the system's list of users, as far as a process needs it. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** Looks a user up in the system's own list. */
export function findSystemUser(name: string): SystemUser | null {
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([user]) => user === name);
  return entry === undefined ? null : { uid: Number(entry[2]), gid: Number(entry[3]), home: entry[5] ?? '/' };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
