import { columnsOf, countExpired, type Expired, type TableCounts } from '../../blog/expired.ts';
import type { ActionContext } from '../../core/action.ts';
import type { Archive } from '../../core/archive.ts';
import type { ChangeLimit } from '../../core/change-limit.ts';
import { isoUtc } from '../../core/host.ts';
import type { Outcome } from '../../core/outcome.ts';
import { giveSpaceBack } from './optimize.ts';
import { refuseTooMany } from './refuse-too-many.ts';
import { countsOf, totalOf, wordsOf, type Kinds } from './outcome.ts';
import { sweep } from './sweep.ts';

/** The settings of cleanSettings, parsed. */
export interface CleanSettings {
  readonly archive?: string | undefined;
  readonly maxChanges?: ChangeLimit | undefined;
  readonly optimize: boolean;
}

export type CleanContext = ActionContext<CleanSettings, 'db' | 'archives'>;

/**
 * Deletes rows that have had their time, group by group; `name` is the action's, `kinds` has for each word of the summary
 * the table that it stands for.
 */
export async function clean(
  context: CleanContext,
  name: string,
  groups: readonly Expired[],
  kinds: Kinds,
): Promise<Outcome> {
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
  const deleted: Deleted = new Map();
  context.soFar(() => countsOf(deleted, kinds));
  await inArchive(context, { name, path, due, notes }, (archive) => deleteAll(context, due, archive, deleted));
  const tables = groups.flatMap(({ table, children }) => [table, ...children.map((one) => one.table)]);
  const freedBytes = settings.optimize
    ? await giveSpaceBack(context, [...new Set(tables)], totalOf(deleted), notes)
    : undefined;
  return {
    summary: [`${wordsOf(deleted, kinds)} deleted`, ...notes].join('; '),
    counts: { ...countsOf(deleted, kinds), ...(freedBytes === undefined ? {} : { freedBytes }) },
  };
}

/** Rows by table, while they are counted. */
type Deleted = Map<string, number>;

interface Found {
  readonly expired: Expired;
  readonly counts: TableCounts;
}

// What went is added to `deleted` as it goes; in a dry run what would.
async function deleteAll(
  context: CleanContext,
  due: readonly Found[],
  archive: Archive | null,
  deleted: Deleted,
): Promise<void> {
  for (const { expired, counts } of due) {
    const done: Deleted = new Map();
    // The door notes a change when it is through, and by then it says what has really gone.
    const what = { what: 'delete', target: rowsText(expired, counts) };
    const result = await context.change(what, async () => {
      let failure: unknown = null;
      try {
        await sweep(context, expired, archive, (some) => {
          addTo(done, some);
          addTo(deleted, some);
        });
      } catch (error) {
        failure = error;
        context.log.warn('stopped half-way', { deleted: totalOf(deleted), at: expired.table });
      }
      what.target = rowsText(expired, done);
      return { failure };
    });
    if (result === undefined) addTo(deleted, counts);
    else if (result.failure !== null) throw result.failure;
  }
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
  work: (archive: Archive | null) => Promise<void>,
): Promise<void> {
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
    await work(archive ?? null);
    await archive?.close();
    notes.push(`archived in ${what.target}`);
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
  const sum: Deleted = new Map();
  for (const counts of all) addTo(sum, counts);
  return sum;
}

function addTo(sum: Deleted, counts: TableCounts): void {
  for (const [table, rows] of counts) sum.set(table, (sum.get(table) ?? 0) + rows);
}
