import { archivedTables } from '../../blog/archived-tables.ts';
import type { Form } from '../../blog/archived-values.ts';
import { columnsOf } from '../../blog/expired.ts';
import { createBlogTime } from '../../blog/time.ts';
import type { ArchivedRow, ArchiveHeader } from '../../core/archive.ts';
import type { BulkDatabase } from '../../core/bulk.ts';
import type { Dialect } from '../../core/database.ts';
import { FailedError } from '../../core/errors.ts';
import type { Host } from '../../core/host.ts';
import type { Change } from '../../core/outcome.ts';
import { createPace } from '../../core/pace.ts';
import { pause } from '../../core/pause.ts';
import { readArchive } from '../../resources/archive/read.ts';
import { restoreRows, type RestoreNotes } from './rows.ts';

/** Into which blog archives go. */
export interface RestoreTarget {
  readonly database: BulkDatabase;
  readonly form: Form;
  /** The blog's name in the configuration. */
  readonly blog: string;
  /** Take the archive of a blog of another name. */
  readonly isAnyBlog: boolean;
  readonly isDryRun: boolean;
}

/** What became of a file: what went where, and why there may have been more in it (null: there was not). */
export interface RestoredFile {
  readonly changes: readonly Change[];
  readonly damage: string | null;
}

/** Puts the rows of an archive back, in small transactions. Throws a FailedError where it is none for this blog. */
export async function restoreFile(
  path: string,
  target: RestoreTarget,
  notes: RestoreNotes,
  host: Pick<Host, 'clock' | 'signal' | 'zoneOffsetMs'>,
): Promise<RestoredFile> {
  const { header, rows, damage } = await readArchive(path);
  await check(path, header, target);
  const time = createBlogTime(header.zone, host.clock.nowMs, host.zoneOffsetMs);
  const from: Form = { dialect: header.dialect as Dialect, time };
  const pace = createPace();
  const counts = new Map<string, number>();
  const put = async (batch: ReadonlyMap<string, readonly ArchivedRow[]>): Promise<void> => {
    const startedMs = host.clock.elapsedMs();
    let size = 0;
    // Parents first: in that order the header has them.
    for (const table of Object.keys(header.tables)) {
      const some = batch.get(table);
      if (some === undefined) continue;
      size += some.length;
      const restored = await restoreRows(
        target.database,
        { table, rows: some, from, to: target.form },
        notes,
        target.isDryRun,
      );
      counts.set(table, (counts.get(table) ?? 0) + restored);
    }
    if (target.isDryRun) return;
    const heldMs = host.clock.elapsedMs() - startedMs;
    const { isBusy } = await target.database.bulk.betweenBatches();
    await pause(pace.after({ rows: size, waitedMs: 0, heldMs, isBusy }), host.signal);
  };
  let batch = new Map<string, ArchivedRow[]>();
  let size = 0;
  for await (const { table, row } of rows) {
    const columns = header.tables[table];
    if (columns === undefined || Object.keys(row).some((name) => !columns.includes(name))) {
      throw new FailedError(`${path} has a row of ${table} that its first line does not announce`);
    }
    const some = batch.get(table) ?? [];
    some.push(row);
    batch.set(table, some);
    if (++size < pace.size()) continue;
    await put(batch);
    [batch, size] = [new Map(), 0];
  }
  await put(batch);
  const changes = [...counts]
    .filter(([, restored]) => restored > 0)
    .map(([table, restored]) => ({
      what: 'restore',
      target: `${restored} row${restored === 1 ? '' : 's'} of ${table}`,
    }));
  return { changes, damage: damage() };
}

async function check(path: string, header: ArchiveHeader, { database, blog, isAnyBlog }: RestoreTarget): Promise<void> {
  if (header.blog !== blog && !isAnyBlog) {
    throw new FailedError(`${path} is of the blog "${header.blog}", and this one is "${blog}"`, {
      hint: '--other-blog puts it back all the same.',
    });
  }
  if (!['sqlite', 'mysql', 'postgres'].includes(header.dialect)) {
    throw new FailedError(`${path} is of an unknown kind of database, "${header.dialect}"`);
  }
  const tables = Object.keys(header.tables);
  const unknown = tables.find((table) => !Object.hasOwn(archivedTables, table));
  if (unknown !== undefined) {
    throw new FailedError(`${path} has rows of ${unknown}, which is no table that blogctl puts rows back into`);
  }
  const own = await columnsOf(database, tables);
  for (const table of tables) {
    if (own[table]?.length === 0) throw new FailedError(`the table ${table} is missing in ${database.name}`);
    const missing = header.tables[table]?.find((column) => own[table]?.includes(column) !== true);
    if (missing !== undefined) {
      throw new FailedError(`the column ${table}.${missing}, which ${path} has, is missing in ${database.name}`);
    }
  }
}
