import { createBlogTime } from '../../blog/time.ts';
import { countTotals } from '../../blog/totals.ts';
import type { Host } from '../../core/host.ts';
import { createLog } from '../../core/log.ts';
import { openCache } from '../../resources/cache/open.ts';
import { openDatabase } from '../../resources/database/open.ts';
import { explainQueryError } from '../../resources/database/query-error.ts';

/** Where to connect to, secrets filled in. */
export interface Connections {
  readonly database: string;
  readonly cache: string;
  readonly timezone: string;
  readonly useTz: boolean;
  readonly folder: string;
}

/** What was found there. */
export interface Found {
  readonly database: string;
  readonly cache: string;
  /** Published articles. */
  readonly articles: number;
}

/** Opens the database and the cache, unable to write, and looks for the blog's tables. Throws as they do. */
export async function tryConnections(connections: Connections, host: Host): Promise<Found> {
  const zone = connections.useTz ? 'UTC' : connections.timezone;
  const database = await openDatabase({ url: connections.database, folder: connections.folder, readOnly: true, zone });
  try {
    const totals = await countTotals(database);
    const cache = await openCache({
      url: connections.cache,
      database: async () => database,
      readOnly: true,
      time: createBlogTime(zone, host.clock.nowMs, host.zoneOffsetMs),
      change: async () => undefined,
      log: createLog(() => undefined),
    });
    await cache.close();
    return { database: database.name, cache: cache.name, articles: totals.article };
  } catch (error) {
    throw explainQueryError(error, database.name) ?? error;
  } finally {
    await database.close();
  }
}
