import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveBackup } from './crontab-backup.ts';
import { CrontabError } from './crontab-error.ts';
import { hasNoTable, isListingOf, listTable } from './crontab-listing.ts';
import { type CrontabProgram, crontabProgram, explainFailure } from './crontab-program.ts';

/** A user's crontab as text in which each character is one byte. */
export interface CrontabStore {
  /** The whole table; empty where the user has none. */
  readonly read: () => Promise<string>;
  /** Installs a table, reads it back, and puts the old one back where the two differ. */
  readonly write: (text: string) => Promise<void>;
  /** Saves the table as it is now in a folder; returns the path of the copy. */
  readonly backup: (directory: string, nowEpochMs: number) => Promise<string>;
}

/** Whose crontab, and by which program. */
export interface CrontabStoreOptions {
  /** Somebody else's table; only root may. */
  readonly user?: string;
  /** Name or path of the program. */
  readonly command?: string;
  /** The caller's PATH, on which the name is looked up. */
  readonly searchPath?: string | undefined;
  /** The longest that one call of the program may take. */
  readonly timeoutMs?: number;
}

const USER_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\$?$/;

/**
 * The crontab of this user, or of another, behind the system's program `crontab`.
 *
 * Every promise is rejected with a `CrontabError` where the program is missing, forbids, fails or does not answer. A failed read is never
 * taken for an empty table, and a write is refused where somebody else changed the table since this store read it.
 */
export function openCrontabStore(options: CrontabStoreOptions = {}): CrontabStore {
  const { user, command = 'crontab', timeoutMs = 20_000 } = options;
  if (user !== undefined && !USER_NAME.test(user))
    throw new CrontabError(`"${user}" is no user name; give one of this machine`);
  const call = crontabProgram(command, timeoutMs, options.searchPath);
  const ofUser: CrontabProgram = (...args) => call(...(user === undefined ? [] : ['-u', user]), ...args);
  let lastSeen: string | undefined;

  async function read(): Promise<string> {
    lastSeen = await listTable(ofUser);
    return lastSeen;
  }

  async function write(text: string): Promise<void> {
    refuseText(text);
    const before = await listTable(ofUser);
    if (lastSeen !== undefined && before !== lastSeen) {
      throw new CrontabError('the crontab was changed by somebody else meanwhile; nothing was written, run it again');
    }
    lastSeen = text === before ? before : await replaceSafely(call, ofUser, before, text);
  }

  return {
    read,
    write,
    backup: async (directory, nowEpochMs) => saveBackup(directory, await listTable(ofUser), nowEpochMs),
  };
}

function refuseText(text: string): void {
  if (text !== '' && !text.endsWith('\n'))
    throw new CrontabError('a crontab ends with a newline, this one does not; add it');
  if (text.includes('\0')) throw new CrontabError('a crontab has no NUL byte, this one does; remove it');
  if (/[^\0-\u00ff]/.test(text)) throw new TypeError('a crontab is written as bytes, one character for each');
}

/** Returns what `crontab -l` says afterwards. */
async function replaceSafely(
  call: CrontabProgram,
  ofUser: CrontabProgram,
  before: string,
  text: string,
): Promise<string> {
  await withPrivateFile(text, (path) => checkSyntax(call, ofUser, path));
  let failure: unknown;
  try {
    await install(ofUser, text);
    const stored = await listTable(ofUser);
    if (isListingOf(stored, text)) return stored;
  } catch (error) {
    failure = error;
  }
  await restore(ofUser, before, failure);
  if (failure instanceof CrontabError) throw failure;
  throw new CrontabError('cron stored another table than the one it was given; the old crontab was put back', {
    cause: failure,
  });
}

/**
 * Asks cron itself whether it would take a file, where it can be asked.
 *
 * Its usage text has to say so: `-n` is a check in Debian's crontab, and sets the host of a cluster in cronie's, where the check is `-T`.
 */
async function checkSyntax(call: CrontabProgram, ofUser: CrontabProgram, path: string): Promise<void> {
  const { stdout, stderr } = await call('-h');
  const usage = stdout + stderr;
  const option = /^\s*-n\b.*(?:dry run|syntax)/im.test(usage)
    ? '-n'
    : /^\s*-T\b.*(?:test|syntax)/im.test(usage)
      ? '-T'
      : null;
  if (option === null) return;
  const result = await ofUser(option, path);
  if (result.exitCode !== 0)
    throw new CrontabError(explainFailure('cron does not accept this crontab, nothing was changed', result));
}

async function install(crontab: CrontabProgram, text: string): Promise<void> {
  // An empty table and none are told apart by nobody, and none is what an account starts with.
  const result = text === '' ? await crontab('-r') : await withPrivateFile(text, (path) => crontab(path));
  if (result.exitCode === 0 || (text === '' && hasNoTable(result))) return;
  throw new CrontabError(explainFailure('the crontab was not installed', result));
}

async function restore(crontab: CrontabProgram, before: string, cause: unknown): Promise<void> {
  try {
    if (isListingOf(await listTable(crontab), before)) return;
    await install(crontab, before);
    if (isListingOf(await listTable(crontab), before)) return;
  } catch (error) {
    cause = error;
  }
  const directory = await mkdtemp(join(tmpdir(), 'blogctl-crontab-'));
  const path = join(directory, 'crontab-before');
  await writeFile(path, before, { encoding: 'latin1', mode: 0o600 });
  throw new CrontabError(`writing the crontab failed and so did putting the old one back; it is saved in ${path}`, {
    cause,
  });
}

async function withPrivateFile<T>(text: string, use: (path: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'blogctl-crontab-'));
  try {
    const path = join(directory, 'crontab');
    await writeFile(path, text, { encoding: 'latin1', mode: 0o600 });
    return await use(path);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
