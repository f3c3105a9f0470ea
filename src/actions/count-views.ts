import { dayOf, hourOf, type Day } from '../blog/days.ts';
import { createBlogTime, isMoment, zoneOffsetOf } from '../blog/time.ts';
import { writeViewDay, type ViewDay } from '../blog/view-day.ts';
import {
  differenceOf,
  hourAt,
  hoursSince,
  spread,
  totalsOf,
  type Difference,
  type ItemViews,
} from '../blog/view-gains.ts';
import { viewHours, type ViewHours } from '../blog/view-hours.ts';
import {
  countedDay,
  newestViewDay,
  readCounters,
  viewDay,
  writeViewRow,
  type ViewCounters,
  type ViewDayRow,
} from '../blog/views.ts';
import { defineAction, type ActionContext } from '../core/action.ts';
import type { Database } from '../core/database.ts';
import { FailedError } from '../core/errors.ts';
import type { Finding } from '../core/outcome.ts';
import { duration, settings, type SettingsOf } from '../core/settings.ts';

const schema = settings({
  keep: duration('how long the hours of single articles and pages are kept', { default: '400d', least: '1d' }),
});

type Context = ActionContext<SettingsOf<typeof schema>, 'db' | 'state'>;

// The blog's own task may write the same row at the same moment; more often than this is not chance.
const mostAttempts = 5;
const mostFallenTold = 20;

export default defineAction({
  summary: 'write down the views of the day, hour by hour',
  details: [
    "Writes today's row of view counts as the blog's own task does: running totals of articles, pages and hours. Beside it",
    'blogctl keeps what each article and page gained in each hour (blogctl_view_hour), for rankings of any period. Hours in',
    "which nobody counted get an even share of what was gained since, and are marked as estimated; the blog's row stays as the",
    "blog would write it. Run it near the end of each hour: an hour's total is what its last count finds.",
  ].join(' '),
  examples: [
    { command: 'blogctl count-views', meaning: 'count now' },
    { command: 'blogctl count-views --dry-run', meaning: 'show what would be written' },
    { command: 'blogctl count-views --keep 90d', meaning: 'and forget hours of more than three months ago' },
  ],
  schedule: '57 * * * *',
  settings: schema,
  uses: ['db', 'state'],
  timeout: '5m',

  async run(context) {
    const database = await context.db();
    const state = await context.state();
    const hours = viewHours(state, context.blog.name);
    const findings: Finding[] = [];
    const local = createBlogTime(context.blog.timezone, () => context.nowMs).fromEpochMs(context.nowMs);
    const counters = await readCounters(database);
    const totals = totalsOf(counters);
    // Before the row is written: at the first count it tells what was counted last.
    const last = (state.isReady ? await ownCount(hours) : null) ?? (await blogsCount(context, database, dayOf(local)));
    await writeToday(context, database, hours, { local, counters }, findings);
    const difference = differenceOf(last?.totals ?? totals, totals);
    const counted = await recordHours(context, hours, totals, last, difference);
    const removed = state.isReady ? await removeOld(context, hours) : 0;
    tellFallen(difference, findings);
    const counts = {
      articles: counters.articles.size,
      pages: counters.pages.size,
      gained: sumOf(difference.gained),
      estimatedHours: counted,
      removedHours: removed,
    };
    return { summary: summaryOf(counts), counts, findings };
  },
});

interface LastCount {
  readonly atMs: number;
  /** Remembered by blogctl; otherwise taken from the blog's own row. */
  readonly isOwn: boolean;
  readonly totals: readonly ItemViews[];
}

async function ownCount(hours: ViewHours): Promise<LastCount | null> {
  const last = await hours.lastCount();
  return last === null ? null : { atMs: Date.parse(last.countedAt), isOwn: true, totals: last.totals };
}

// What the blog has counted by itself before blogctl came.
async function blogsCount({ time }: Context, database: Database, today: Day): Promise<LastCount | null> {
  const row = await newestViewDay(database, today);
  if (row === null || !isMoment(row.updateDate)) return null;
  const totals = [
    ...[...row.read.byArticle].map(([item, views]): ItemViews => ({ kind: 'article', item, views })),
    ...[...row.read.byPage].map(([item, views]): ItemViews => ({ kind: 'page', item, views })),
  ];
  return { atMs: time.toEpochMs(row.updateDate), isOwn: false, totals };
}

interface Now {
  /** The blog's local time. */
  readonly local: string;
  readonly counters: ViewCounters;
}

async function writeToday(
  context: Context,
  database: Database,
  hours: ViewHours,
  now: Now,
  findings: Finding[],
): Promise<void> {
  const date = dayOf(now.local);
  const target = `blog_articleview ${date}`;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    context.signal.throwIfAborted();
    const before = await viewDay(database, date);
    const readable = await readableOf(context, hours, before, findings);
    const day = countedDay(now.counters, hourOf(now.local), readable);
    const what = before === null ? 'create' : 'update';
    const change = { what, target, before: readable?.total ?? null, after: day.total };
    const row = { date, body: writeViewDay(day), now: context.time.fromEpochMs(context.nowMs) };
    const isDone = await context
      .change(change, async () => {
        if (await isWritten(database, before, row)) return true;
        throw new OvertakenError();
      })
      .catch((error: unknown) => {
        if (error instanceof OvertakenError) return false;
        throw error;
      });
    if (isDone !== false) return;
    context.log.debug('the row was written by somebody else meanwhile', { date });
  }
  throw new FailedError(`the row ${date} of blog_articleview is written by somebody else all the time`, {
    hint: "Does the blog's own task run as well? One of the two is enough.",
  });
}

class OvertakenError extends Error {}

async function isWritten(
  database: Database,
  before: ViewDayRow | null,
  row: { readonly date: Day; readonly body: string; readonly now: string },
): Promise<boolean> {
  try {
    return await writeViewRow(database, before, row);
  } catch (error) {
    // The day is unique: of two who begin it at the same moment one meets the other's row.
    if (before === null && (await viewDay(database, row.date)) !== null) return false;
    throw error;
  }
}

// A row that can't be read is never overwritten before its text is safe.
async function readableOf(
  context: Context,
  hours: ViewHours,
  row: ViewDayRow | null,
  findings: Finding[],
): Promise<ViewDay | null> {
  if (row === null) return null;
  if (typeof row.read !== 'string') return row.read;
  const reason = `its body ${row.read}`;
  const target = `blog_articleview ${row.date}`;
  await context.change({ what: 'keep aside', target: `blogctl_view_aside ${row.date}` }, () =>
    hours.keepAside(row.date, row.body, reason, new Date(context.nowMs).toISOString()),
  );
  const message = `${reason}; it is kept in blogctl_view_aside, and the day begins anew with this hour`;
  findings.push({ kind: 'unreadable-row', target, message });
  return null;
}

// Returns how many hours were closed by an estimate.
async function recordHours(
  context: Context,
  hours: ViewHours,
  totals: readonly ItemViews[],
  last: LastCount | null,
  { gained, gone }: Difference,
): Promise<number> {
  const { nowMs, settings: wanted, blog } = context;
  const offsetOf = (epochMs: number): number => zoneOffsetOf(blog.timezone, epochMs);
  const since = Math.max(last?.atMs ?? nowMs, nowMs - wanted.keep.ms);
  const closed = hoursSince(since, nowMs, offsetOf);
  const isEstimated = closed.length > 1;
  const remembered = last?.isOwn === true ? last.totals : [];
  const known = new Map(remembered.map((one) => [`${one.kind} ${one.item}`, one.views]));
  const changed = totals.filter((one) => known.get(`${one.kind} ${one.item}`) !== one.views);
  const countedAt = new Date(nowMs).toISOString();
  const after = `${sumOf(gained)} views in ${closed.length} ${closed.length === 1 ? 'hour' : 'hours, estimated'}`;
  // Where nobody has counted before, nothing is known of the hour so far.
  const counted = last === null ? [] : closed;
  await context.change({ what: 'add', target: 'blogctl_view_hour', after }, () =>
    hours.record({ countedAt, gains: spread(gained, closed), isEstimated, counted, changed, gone }),
  );
  return isEstimated ? closed.length : 0;
}

async function removeOld(
  { nowMs, settings: wanted, signal, change, blog }: Context,
  hours: ViewHours,
): Promise<number> {
  const limitMs = nowMs - wanted.keep.ms;
  const before = hourAt(limitMs, zoneOffsetOf(blog.timezone, limitMs));
  // At most a month's hours in one run: the first run after `keep` was lowered must not take for ever.
  const old = await hours.hoursBefore(before, 744);
  for (const hour of old) {
    signal.throwIfAborted();
    const target = `blogctl_view_hour ${new Date(hour * 60_000).toISOString()}`;
    await change({ what: 'delete', target }, () => hours.removeHour(hour));
  }
  return old.length;
}

function tellFallen({ fallen }: Difference, findings: Finding[]): void {
  for (const { kind, item, before, views } of fallen.slice(0, mostFallenTold)) {
    const message = `its views fell from ${before} to ${views}; it gained nothing in this hour`;
    findings.push({ kind: 'views-fell', target: `${kind} ${item}`, message });
  }
  const more = fallen.length - mostFallenTold;
  if (more > 0) findings.push({ kind: 'views-fell', target: 'others', message: `${more} more fell as well` });
}

function sumOf(items: readonly ItemViews[]): number {
  return items.reduce((all, one) => all + one.views, 0);
}

function summaryOf(
  counts: Readonly<Record<'articles' | 'pages' | 'gained' | 'estimatedHours' | 'removedHours', number>>,
): string {
  const parts = [
    `${counts.gained} views since the last count of ${counts.articles} articles and ${counts.pages} pages`,
  ];
  if (counts.estimatedHours > 0) parts.push(`${counts.estimatedHours} hours estimated`);
  if (counts.removedHours > 0) parts.push(`${counts.removedHours} old hours removed`);
  return parts.join(', ');
}
