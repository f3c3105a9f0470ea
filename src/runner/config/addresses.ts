import { messageOf } from '../../core/errors.ts';
import { parseCacheUrl } from '../../resources/cache/url.ts';
import { databaseName, parseDatabaseUrl } from '../../resources/database/url.ts';
import { siteName } from '../../schedule/names.ts';
import { isPlain } from './interpolate.ts';
import { at, type PlainProblem } from './issues.ts';
import { notifyHoldsSecret } from './notify-addresses.ts';
import type { ConfigPath } from './problems.ts';

const addressPaths: readonly ConfigPath[] = [['database'], ['cache'], ['state', 'database']];

/** Checks the addresses of databases and caches. Their values are never shown: a password may stand in them. */
export function checkAddresses(value: unknown, folder: string): PlainProblem[] {
  return addressPaths.flatMap((path): PlainProblem[] => {
    const text = at(value, path);
    if (typeof text !== 'string') return [];
    try {
      if (path[0] === 'cache') parseCacheUrl(text);
      else parseDatabaseUrl(text, folder);
      return [];
    } catch (error) {
      return [{ path, message: messageOf(error) }];
    }
  });
}

/** The name of a blog whose configuration gives none: its database's, without what a crontab's marker can't hold. */
export function defaultName(database: string, folder: string): string {
  const name = databaseName(parseDatabaseUrl(database, folder))
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 64);
  return siteName.test(name) ? name : 'blog';
}

/** The passwords in an address, as written and decoded: both must never be shown. */
export function passwordsOf(address: string): string[] {
  const inUserPart = /^[a-z][a-z0-9+.-]*:\/\/[^:/?#]*:(.*)@/is.exec(address)?.[1];
  const inQuery = /^[a-z][a-z0-9+.-]*:\/\/[^?]*\?(?:.*&)?password=([^&#]*)/is.exec(address)?.[1];
  return [inUserPart, inQuery].flatMap((written) => (written === undefined || written === '' ? [] : bothForms(written)));
}

function bothForms(written: string): string[] {
  try {
    return [...new Set([written, decodeURIComponent(written)])];
  } catch {
    return [written];
  }
}

/** Does a part of the file, as written, hold a secret itself rather than a placeholder for one? */
export function holdsSecret(raw: unknown): boolean {
  return hasPassword(raw) || notifyHoldsSecret(raw);
}

function hasPassword(raw: unknown): boolean {
  if (typeof raw === 'string') return passwordsOf(raw).some(isPlain);
  if (typeof raw !== 'object' || raw === null) return false;
  return Object.values(raw).some(hasPassword);
}
