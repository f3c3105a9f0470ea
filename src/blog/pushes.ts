import type { Selectable } from 'kysely';
import { inPieces } from '../core/batches.ts';
import type { Database } from '../core/database.ts';
import { isoUtc } from '../core/host.ts';
import { sha256 } from '../core/sha256.ts';
import type { PushEngineName, PushEngineTable, PushStatus, PushTable } from '../core/web-tables.ts';

/** An address in the ledger of an engine; see core/state-tables.ts. Times are ISO 8601 in UTC. */
export interface Push {
  readonly url: string;
  readonly articleId: number | null;
  readonly version: string;
  readonly status: PushStatus;
  readonly acceptedAt: string | null;
  readonly triedAt: string | null;
  readonly attempts: number;
  readonly note: string | null;
}

/** What is known of an engine; see core/state-tables.ts. */
export type PushEngine = Readonly<Selectable<PushEngineTable>>;

/** The version of an address at which there is nothing any more. */
export const goneVersion = 'gone';

/** The ledger of one engine and one blog. */
export interface PushLedger {
  /** All of it, by address. */
  readonly all: () => Promise<ReadonlyMap<string, Push>>;
  readonly engine: () => Promise<PushEngine | null>;
  readonly keepEngine: (engine: Omit<PushEngine, 'site' | 'engine'>) => Promise<void>;
  /** Adds addresses that are not in it, changes the version and the status of others, and takes out what nobody needs. */
  readonly enter: (entries: PushEntries) => Promise<void>;
  /** Notes what became of addresses that are in it. */
  readonly mark: (urls: readonly string[], mark: PushMark) => Promise<void>;
}

/** What is to be entered into a ledger. */
export interface PushEntries {
  readonly added: readonly PushEntry[];
  readonly changed: readonly PushEntry[];
  readonly dropped: readonly string[];
}

/** An address, its version and what is to become of it. */
export type PushEntry = Pick<Push, 'url' | 'articleId' | 'version' | 'status'>;

/** What became of addresses at a time. */
export interface PushMark {
  readonly status: PushStatus;
  readonly atMs: number;
  readonly note: string | null;
}

const rowsAtOnce = 200;
// A text column of MySQL holds 65,535 bytes.
const mostCharacters = 1000;

/** The ledger of an engine; `site` is the blog's name in the configuration. */
export function pushLedger({ query }: Database, site: string, engine: PushEngineName): PushLedger {
  const rowsOf = (hashes: readonly string[]) =>
    query
      .updateTable('blogctl_push')
      .where('site', '=', site)
      .where('engine', '=', engine)
      .where('url_hash', 'in', [...hashes]);
  const engineRow = async (): Promise<PushEngine | null> =>
    (await query
      .selectFrom('blogctl_push_engine')
      .selectAll()
      .where('site', '=', site)
      .where('engine', '=', engine)
      .executeTakeFirst()) ?? null;
  return {
    all: async () => {
      const rows = query.selectFrom('blogctl_push').selectAll().where('site', '=', site).where('engine', '=', engine);
      return new Map((await rows.execute()).map((row) => [row.url, fromRow(row)]));
    },
    engine: engineRow,
    // It is looked for first: on MySQL an update or a delete that finds nothing locks the gap into which others insert.
    keepEngine: async (kept) => {
      const values = { ...kept, reason: cut(kept.reason) };
      const ledgers = query.updateTable('blogctl_push_engine').where('site', '=', site).where('engine', '=', engine);
      await (
        (await engineRow()) === null
          ? query.insertInto('blogctl_push_engine').values({ ...values, site, engine })
          : ledgers.set(values)
      ).execute();
    },
    enter: async ({ added, changed, dropped }) => {
      for (const piece of inPieces(added, rowsAtOnce)) {
        const rows = await Promise.all(
          piece.map(async (entry) => ({ ...newRow(entry), url_hash: await sha256(entry.url) })),
        );
        await query
          .insertInto('blogctl_push')
          .values(rows.map((row) => ({ ...row, site, engine })))
          .execute();
      }
      for (const piece of inPieces(changed, rowsAtOnce)) {
        const hashes = await hashesOf(piece.map(({ url }) => url));
        await query.transaction().execute(async (within) => {
          for (const [index, { version, status, articleId }] of piece.entries()) {
            await within
              .updateTable('blogctl_push')
              .set({ version, status, article_id: articleId })
              .where('site', '=', site)
              .where('engine', '=', engine)
              .where('url_hash', '=', hashes[index] ?? '')
              .execute();
          }
        });
      }
      for (const piece of inPieces(dropped, rowsAtOnce)) {
        await query
          .deleteFrom('blogctl_push')
          .where('site', '=', site)
          .where('engine', '=', engine)
          .where('url_hash', 'in', await hashesOf(piece))
          .execute();
      }
    },
    mark: async (urls, { status, atMs, note }) => {
      const at = isoUtc(atMs);
      for (const piece of inPieces(urls, rowsAtOnce)) {
        await rowsOf(await hashesOf(piece))
          .set((row) => ({
            status,
            note: cut(note),
            tried_at: at,
            attempts: row('attempts', '+', 1),
            ...(status === 'accepted' ? { accepted_at: at } : {}),
          }))
          .execute();
      }
    },
  };
}

/** What the ledgers of a blog's engines are to be searched for. */
export interface PushFilter {
  readonly engine?: PushEngineName | undefined;
  readonly status?: PushStatus | undefined;
  readonly limit: number;
}

/** Addresses of all ledgers of a blog: those that were tried last come first, then those that never were. */
export async function listPushes(
  { query }: Database,
  site: string,
  { engine, status, limit }: PushFilter,
): Promise<readonly (Push & { readonly engine: PushEngineName })[]> {
  let rows = query.selectFrom('blogctl_push').selectAll().where('site', '=', site);
  if (engine !== undefined) rows = rows.where('engine', '=', engine);
  // What an engine was told is gone is accepted as far as its ledger goes, and gone to whoever looks at it.
  if (status === 'gone') {
    rows = rows.where((row) =>
      row.or([row('status', '=', 'gone'), row.and([row('status', '=', 'accepted'), row('version', '=', goneVersion)])]),
    );
  } else if (status !== undefined) rows = rows.where('status', '=', status);
  if (status === 'accepted') rows = rows.where('version', '!=', goneVersion);
  const tried = rows
    .where('tried_at', 'is not', null)
    .orderBy('tried_at', 'desc')
    .orderBy('engine')
    .orderBy('url_hash');
  const found = await tried.limit(limit).execute();
  const untried = rows.where('tried_at', 'is', null).orderBy('version', 'desc').orderBy('engine').orderBy('url_hash');
  if (found.length < limit) found.push(...(await untried.limit(limit - found.length).execute()));
  return found.map((row) => ({ ...fromRow(row), status: isToldGone(row) ? 'gone' : row.status, engine: row.engine }));
}

function isToldGone({ status, version }: Pick<Push, 'status' | 'version'>): boolean {
  return status === 'accepted' && version === goneVersion;
}

/** What is known of a blog's engines, and how many of its addresses are in which state in their ledgers. */
export async function listEngines({ query }: Database, site: string) {
  const engines = await query
    .selectFrom('blogctl_push_engine')
    .selectAll()
    .where('site', '=', site)
    .orderBy('engine')
    .execute();
  const sums = await query
    .selectFrom('blogctl_push')
    .select(['engine', 'status', (count) => count.fn.countAll<number | string>().as('rows')])
    .where('site', '=', site)
    .groupBy(['engine', 'status'])
    .execute();
  const told = await query
    .selectFrom('blogctl_push')
    .select(['engine', (count) => count.fn.countAll<number | string>().as('rows')])
    .where('site', '=', site)
    .where('status', '=', 'accepted')
    .where('version', '=', goneVersion)
    .groupBy('engine')
    .execute();
  return engines.map((engine) => ({
    engine,
    addresses: countsOf(
      sums.filter((sum) => sum.engine === engine.engine),
      Number(told.find((sum) => sum.engine === engine.engine)?.rows ?? 0),
    ),
  }));
}

function countsOf(sums: readonly { status: PushStatus; rows: number | string }[], told: number) {
  const counts = new Map(sums.map(({ status, rows }) => [status, Number(rows)]));
  counts.set('accepted', (counts.get('accepted') ?? 0) - told);
  counts.set('gone', (counts.get('gone') ?? 0) + told);
  return Object.fromEntries([...counts].filter(([, count]) => count > 0));
}

function newRow({ url, articleId, version, status }: PushEntry) {
  return { url, article_id: articleId, version, status, accepted_at: null, tried_at: null, attempts: 0, note: null };
}

function fromRow(row: Selectable<PushTable>): Push {
  return {
    url: row.url,
    articleId: row.article_id,
    version: row.version,
    status: row.status,
    acceptedAt: row.accepted_at,
    triedAt: row.tried_at,
    attempts: row.attempts,
    note: row.note,
  };
}

function hashesOf(urls: readonly string[]): Promise<string[]> {
  return Promise.all(urls.map(sha256));
}

function cut(text: string | null): string | null {
  return text === null ? null : [...text].slice(0, mostCharacters).join('');
}
