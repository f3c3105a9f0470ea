import type { OpenDatabase, StateDatabase } from '../core/database.ts';
import { openDatabase } from '../resources/database/open.ts';
import type { Config } from './config/config.ts';
import { storedZone } from './open-resources.ts';
import { isUpToDate } from './tables/ensure.ts';

/** The blog's database and that of blogctl's own tables, both unable to write. */
export interface Reading {
  readonly database: OpenDatabase;
  readonly state: StateDatabase;
  readonly close: () => Promise<void>;
}

/** Opens what a command needs that only looks. */
export async function openForReading(config: Config): Promise<Reading> {
  const openAt = (url: string): Promise<OpenDatabase> =>
    openDatabase({ url, folder: config.folder, readOnly: true, zone: storedZone(config) });
  const database = await openAt(config.database);
  try {
    const own = config.state.database === null ? database : await openAt(config.state.database);
    return {
      database,
      state: { ...own, isReady: await isUpToDate(own) },
      close: async () => {
        if (own !== database) await own.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
