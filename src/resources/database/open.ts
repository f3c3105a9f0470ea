import type { OpenDatabase } from '../../core/database.ts';
import { givingLocksBack } from './held-locks.ts';
import { parseDatabaseUrl, type DatabaseAddress } from './url.ts';

/** How a database is to be opened. */
export interface DatabaseOptions {
  /** As the configuration has it, secrets filled in. */
  readonly url: string;
  /** The folder that a relative SQLite path is meant from. */
  readonly folder: string;
  /** Every session is unable to write, by the engine's own switch. */
  readonly readOnly: boolean;
  /** The zone of the blog's dates: PostgreSQL's sessions show them in it. `UTC` with USE_TZ. */
  readonly zone: string;
}

/**
 * Opens a database of any kind and makes sure that it answers. Only the driver in question is loaded. Throws an
 * UpstreamError that says which server, which user and which step failed.
 */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  return givingLocksBack(await openAddress(parseDatabaseUrl(options.url, options.folder), options));
}

async function openAddress(address: DatabaseAddress, options: DatabaseOptions): Promise<OpenDatabase> {
  if (address.dialect === 'sqlite') {
    const { openSqlite } = await import('./sqlite.ts');
    return openSqlite(address, options.readOnly);
  }
  if (address.dialect === 'mysql') {
    const { openMysql } = await import('./mysql.ts');
    return openMysql(address, options.readOnly);
  }
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(address, options.readOnly, options.zone);
}
