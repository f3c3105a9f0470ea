import type { OpenDatabase, StateDatabase } from '../core/database.ts';
import { openDatabase } from '../resources/database/open.ts';
import { explainQueryError } from '../resources/database/query-error.ts';
import type { Config } from './config/config.ts';
import { storedZone } from './open-resources.ts';
import { ensureTables, isUpToDate } from './tables/ensure.ts';

/** The blog's database and that of blogctl's own tables. */
export interface OpenTables {
  readonly database: OpenDatabase;
  readonly state: StateDatabase;
  readonly close: () => Promise<void>;
}

/** Opens what a command needs that only looks: neither can be written to. */
export async function openForReading(config: Config): Promise<OpenTables> {
  return open(config, true);
}

/** Opens what a command needs that writes into blogctl's own tables; they are made where they are missing. */
export async function openForWriting(config: Config): Promise<OpenTables> {
  return open(config, false);
}

async function open(config: Config, readOnly: boolean): Promise<OpenTables> {
  const opened: OpenDatabase[] = [];
  const openAt = async (url: string): Promise<OpenDatabase> => {
    const database = await openDatabase({ url, folder: config.folder, readOnly, zone: storedZone(config) });
    opened.push(database);
    return database;
  };
  const close = async (): Promise<void> => {
    for (const database of opened.reverse()) await database.close();
  };
  try {
    const database = await openAt(config.database);
    const own = config.state.database === null ? database : await openAt(config.state.database);
    if (!readOnly) await ensureTables(own, database);
    return { database, state: { ...own, isReady: !readOnly || (await isUpToDate(own)) }, close };
  } catch (error) {
    await close();
    throw opened[0] === undefined ? error : (explainQueryError(error, opened[0].name) ?? error);
  }
}
