import { columnsOf, countExpired, type Expired, type TableCounts } from '../../blog/expired.ts';
import type { ActionContext } from '../../core/action.ts';
import type { Archive } from '../../core/archive.ts';
import type { ChangeLimit } from '../../core/change-limit.ts';
import { isoUtc } from '../../core/host.ts';
import { giveSpaceBack } from './optimize.ts';
import { refuseTooMany } from './refuse-too-many.ts';
import { sweep, type Deleted } from './sweep.ts';

/** The settings of cleanSettings, parsed. */
export interface CleanSettings {
  readonly archive?: string | undefined;
  readonly maxChanges?: ChangeLimit | undefined;
  readonly optimize: boolean;
}

export type CleanContext = ActionContext<CleanSettings, 'db' | 'archives'>;

/** What was deleted, or would be. */
export interface Cleaned {
  /** By table. */
  readonly deleted: TableCounts;
  readonly total: number;
  /** What else belongs into the summary, such as where the archive is. */
  readonly notes: readonly string[];
  /** How much smaller the database is; undefined where nobody asked or nobody knows. */
  readonly freedBytes: number | undefined;
}

/** Deletes rows that have had their time, group by group; `name` is the action's. */
export async function clean(context: CleanContext, name: string, groups: readonly Expired[]): Promise<Cleaned> {
  const { settings, progress, archives } = context;
  const database = await context.db();
  const stamp = isoUtc(context.nowMs).replace(/[-:]|\.\d+/g, '');
  // Asked for even where nothing will go: a folder that is not there shows on the first night, not on the hundredth.
  const path = settings.archive === undefined ? null : (await archives()).place(settings.archive, `${name}-${stamp}`);
  const found: Found[] = [];
  for (const expired of groups) found.push({ expired, counts: await countExpired(database, expired) });
  if (settings.maxChanges !== undefined) {
    await refuseTooMany(database, sumOf(found.map(({ counts }) => counts)), settings.maxChanges);
  }
  const due = found.filter(({ expired, counts }) => (counts.get(expired.table) ?? 0) > 0);
  progress.total(due.reduce((sum, { expired, counts }) => sum + (counts.get(expired.table) ?? 0), 0));
  const notes: string[] = [];
  const deleted = await inArchive(context, { name, path, due, notes }, (archive) => deleteAll(context, due, archive));
  const tables = groups.flatMap(({ table, children }) => [table, ...children.map((one) => one.table)]);
  const freedBytes = settings.optimize
    ? await giveSpaceBack(context, [...new Set(tables)], totalOf(deleted), notes)
    : undefined;
  return { deleted, total: totalOf(deleted), notes, freedBytes };
}

interface Found {
  readonly expired: Expired;
  readonly counts: TableCounts;
}

async function deleteAll(context: CleanContext, due: readonly Found[], archive: Archive | null): Promise<TableCounts> {
  const deleted: Deleted[] = [];
  for (const { expired, counts } of due) {
    const done: Deleted = new Map();
    // The door notes a change when it is through, and by then it says what has really gone.
    const what = { what: 'delete', target: rowsText(expired, counts) };
    const result = await context.change(what, async () => {
      let failure: unknown = null;
      try {
        await sweep(context, expired, archive, done);
      } catch (error) {
        failure = error;
        context.log.warn('stopped half-way', { deleted: totalOf(done), table: expired.table });
      }
      what.target = rowsText(expired, done);
      return { failure };
    });
    if (result !== undefined && result.failure !== null) throw result.failure;
    deleted.push(new Map(result === undefined ? counts : done));
  }
  return sumOf(deleted);
}

interface ArchivePlan {
  readonly name: string;
  /** Null where none is wanted. */
  readonly path: string | null;
  readonly due: readonly Found[];
  readonly notes: string[];
}

// Makes the archive around the work, where one is wanted and there is something to go into it.
async function inArchive(
  context: CleanContext,
  { name, path, due, notes }: ArchivePlan,
  work: (archive: Archive | null) => Promise<TableCounts>,
): Promise<TableCounts> {
  if (path === null || due.length === 0) return work(null);
  const what = { what: 'write', target: path };
  const archive = await context.change(what, async () => {
    const database = await context.db();
    const tables = due.flatMap(({ expired }) => [expired.table, ...expired.children.map(({ table }) => table)]);
    const made = await (
      await context.archives()
    ).create(path, {
      blog: context.blog.name,
      dialect: database.dialect,
      zone: context.blog.useTz ? 'UTC' : context.blog.timezone,
      action: name,
      createdAt: isoUtc(context.nowMs),
      tables: await columnsOf(database, [...new Set(tables)]),
    });
    what.target = made.path;
    return made;
  });
  try {
    const deleted = await work(archive ?? null);
    await archive?.close();
    notes.push(`archived in ${what.target}`);
    return deleted;
  } catch (error) {
    await archive?.abandon();
    throw error;
  }
}

// `8 rows of comment_systemnotification and 16 rows of comment_systemnotification_get_p`
function rowsText({ table, label }: Expired, counts: TableCounts): string {
  const texts = [...new Map([[table, 0], ...counts])].map(
    ([name, rows]) => `${rows} row${rows === 1 ? '' : 's'} of ${name}`,
  );
  return [texts.join(' and '), label ?? ''].join(' ').trim();
}

function sumOf(all: readonly TableCounts[]): TableCounts {
  const sum = new Map<string, number>();
  for (const [table, rows] of all.flatMap((counts) => [...counts])) sum.set(table, (sum.get(table) ?? 0) + rows);
  return sum;
}

function totalOf(counts: TableCounts): number {
  return [...counts.values()].reduce((sum, rows) => sum + rows, 0);
}
