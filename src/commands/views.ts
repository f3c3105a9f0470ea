import { articleTitles } from '../blog/articles.ts';
import { withDashes } from '../blog/days.ts';
import { hourFigures, knownHours, ownHours, rankHours, type OwnHours } from '../blog/hour-figures.ts';
import { rankDays } from '../blog/rankings.ts';
import { createBlogTime, type BlogTime } from '../blog/time.ts';
import type { ViewDay } from '../blog/view-day.ts';
import type { ItemViews } from '../blog/view-gains.ts';
import { readPages, viewDays } from '../blog/views.ts';
import { exitCodes, FailedError, UsageError } from '../core/errors.ts';
import { plainJson } from '../core/plain-text.ts';
import { explainQueryError } from '../resources/database/query-error.ts';
import { defineCommand, type CommandContext } from '../runner/command.ts';
import { loadConfig } from '../runner/config/load.ts';
import { openForReading, type OpenTables } from '../runner/open-tables.ts';
import { viewCsv } from '../runner/views/csv.ts';
import { dayPeriod, daysOf, hourPeriod, type DayPeriod, type HourPeriod, type Period } from '../runner/views/period.ts';
import type { RankedRow, ViewReport } from '../runner/views/report.ts';
import { viewText, type TextOptions } from '../runner/views/text.ts';

const sections = ['articles', 'pages', 'hours'] as const;

export default defineCommand({
  summary: 'show what was read most',
  details: [
    "Ranks articles and pages by the views of a time, and shows the hours of the day, in the blog's zone: yesterday, or the",
    'last whole days. It reads what count-views (or the blog itself) has written; days in which nobody counted are estimated',
    'and say so. With --since the hours are taken that count-views keeps, so that any time can be ranked.',
  ].join(' '),
  examples: [
    { command: 'blogctl views', meaning: 'hot articles and pages of yesterday, and its hours' },
    {
      command: 'blogctl views 7d --articles --limit 20',
      meaning: 'the twenty hottest articles of the last seven days',
    },
    { command: 'blogctl views --since "2026-03-18 08:00" --until "2026-03-18 12:00"', meaning: 'a morning' },
    { command: 'blogctl views 30d --csv > views.csv', meaning: 'for a spreadsheet' },
  ],
  operands: [{ name: '[period]', description: 'today, yesterday (default), 7d, 30d … or a day such as 2026-03-18' }],
  flags: [
    { flags: '--articles', description: 'only the ranking of articles' },
    { flags: '--pages', description: 'only the ranking of pages' },
    { flags: '--hours', description: 'only the hours of the day' },
    { flags: '--since <time>', description: 'from this hour on, such as "2026-03-18 08:00"' },
    { flags: '--until <time>', description: 'up to this hour (default: now)' },
    { flags: '--limit <number>', description: 'how many articles and pages (default: 10)' },
    { flags: '--csv', description: 'as CSV' },
  ],

  run: async (context) => {
    const { host, registry, general, flags } = context;
    const limit = limitOf(flags['limit'] as string | undefined);
    if (flags['csv'] === true && general.json) throw new UsageError('--csv and --json: one of the two');
    const config = await loadConfig(host, registry, { given: general.config, dryRun: general.dryRun });
    const { timezone, name: site } = config.blog;
    const time = createBlogTime(timezone, host.clock.nowMs, host.zoneOffsetMs);
    const period = periodOf(context, time);
    const reading = await openForReading(config);
    try {
      const chosen = sections.filter((section) => flags[section] === true);
      const shown = chosen.length === 0 ? sections : chosen;
      const report =
        period.kind === 'days'
          ? await reportOfDays(reading, { site, timezone, time, limit, period })
          : await reportOfHours(reading, { site, timezone, time, limit, period });
      const kept = withSections(report, shown);
      if (general.json) host.print(`${plainJson(kept, 2)}\n`);
      else if (flags['csv'] === true) host.print(viewCsv(kept));
      else if (!general.quiet) host.print(viewText(report, textOptions(context, period, shown)));
      return exitCodes.done;
    } catch (error) {
      throw explainQueryError(error, reading.database.name) ?? error;
    } finally {
      await reading.close();
    }
  },
});

interface Question<Asked extends Period> {
  readonly site: string;
  readonly timezone: string;
  readonly time: BlogTime;
  readonly limit: number;
  readonly period: Asked;
}

async function reportOfDays(
  { database, state }: OpenTables,
  { site, timezone, time, limit, period }: Question<DayPeriod>,
): Promise<ViewReport> {
  const { from, to } = period;
  const ranking = await rankDays(database, from, to);
  if (ranking === null) {
    throw new FailedError(
      `nobody counted the views of ${from === to ? withDashes(from) : 'these days'} and of the day before`,
      {
        hint: 'Views are what a day has more than the one before. blogctl count-views counts; "blogctl install" has it run each hour.',
      },
    );
  }
  const days = new Map<string, ViewDay>();
  for (const [day, { read }] of await viewDays(database, daysOf(period))) {
    if (typeof read !== 'string') days.set(day, read);
  }
  const hourOf = (local: string): number => Math.floor(time.toEpochMs(local) / 60_000);
  const span = { from: hourOf(`${withDashes(from)} 00:00:00`), until: hourOf(`${withDashes(to)} 23:00:00`) + 60 };
  const uncounted = (await readPages(database)).filter((page) => !page.isCounted).map(({ url }) => url);
  const own: OwnHours = state.isReady ? await ownHours(state, site, span, uncounted) : new Map();
  const covered = ranking.covered;
  return {
    timezone,
    from: withDashes(from),
    to: withDashes(to),
    total: ranking.articles + ranking.pages,
    articleViews: ranking.articles,
    pageViews: ranking.pages,
    isEstimated: ranking.isEstimated,
    covered: covered === null ? null : { from: withDashes(covered.from), to: withDashes(covered.to) },
    ...(await named(database, ranking.items, limit)),
    hours: hourFigures(days, own, from, to, hourOf),
  };
}

async function reportOfHours(
  { database, state }: OpenTables,
  { site, timezone, time, limit, period }: Question<HourPeriod>,
): Promise<ViewReport> {
  const { items, isEstimated } = state.isReady
    ? await rankHours(state, site, period)
    : { items: [], isEstimated: false };
  if (items.length === 0) {
    throw new FailedError('count-views has kept no views of this time', {
      hint: 'It keeps the hours from its first run on; whole days are known from earlier: blogctl views 7d',
    });
  }
  const isCounted = new Map((await readPages(database)).map((page) => [page.url, page.isCounted]));
  const sumOf = (kind: ItemViews['kind']): number =>
    items
      .filter((one) => one.kind === kind && (kind === 'article' || isCounted.get(one.item) === true))
      .reduce((sum, { views }) => sum + views, 0);
  const [articleViews, pageViews] = [sumOf('article'), sumOf('page')];
  const local = (minutes: number): string => time.fromEpochMs(minutes * 60_000).slice(0, 16);
  return {
    timezone,
    from: local(period.from),
    to: local(period.until),
    total: articleViews + pageViews,
    articleViews,
    pageViews,
    isEstimated,
    covered: await coveredHours(state, site, period, local),
    ...(await named(database, items, limit)),
    hours: [],
  };
}

// The hours that were counted, where the first or the last that were asked for were not.
async function coveredHours(
  state: OpenTables['state'],
  site: string,
  { from, until }: HourPeriod,
  local: (minutes: number) => string,
): Promise<ViewReport['covered']> {
  const known = await knownHours(state, site);
  if (known === null || (known.first <= from && known.last + 60 >= until)) return null;
  return { from: local(Math.max(from, known.first)), to: local(Math.min(until, known.last + 60)) };
}

// Both rankings, with the names that the blog shows.
async function named(
  database: OpenTables['database'],
  items: readonly ItemViews[],
  limit: number,
): Promise<{ articles: RankedRow[]; pages: RankedRow[] }> {
  const top = (kind: ItemViews['kind']): ItemViews[] => items.filter((one) => one.kind === kind).slice(0, limit);
  const [articles, pages] = [top('article'), top('page')];
  const titles = await articleTitles(
    database,
    articles.map(({ item }) => Number(item)),
  );
  const names = new Map((await readPages(database)).map((page) => [page.url, page.name]));
  return {
    articles: articles.map(({ item, views }) => {
      const article = titles.get(Number(item));
      return { key: item, slug: article?.slug ?? null, title: article?.title ?? null, views };
    }),
    pages: pages.map(({ item, views }) => ({ key: item, slug: null, title: names.get(item) ?? null, views })),
  };
}

function periodOf({ flags, operands }: CommandContext, time: BlogTime): Period {
  const [since, until] = [flags['since'], flags['until']] as (string | undefined)[];
  if (since !== undefined) {
    if (operands[0] !== undefined) throw new UsageError(`--since and the period "${operands[0]}": one of the two`);
    if (flags['hours'] === true) throw new UsageError('--hours: expected a period of days, such as 7d, and no --since');
    return hourPeriod(since, until, time);
  }
  if (until !== undefined) throw new UsageError('--until: expected --since beside it');
  return dayPeriod(operands[0], time.now());
}

function limitOf(text = '10'): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) {
    throw new UsageError(`--limit: expected a whole number from 1 to 99999, got "${text}"`);
  }
  return Number(text);
}

function withSections(report: ViewReport, shown: readonly (typeof sections)[number][]): ViewReport {
  const none = Object.fromEntries(sections.filter((name) => !shown.includes(name)).map((name) => [name, []]));
  return { ...report, ...none };
}

function textOptions({ host }: CommandContext, period: Period, shown: TextOptions['sections']): TextOptions {
  const { variables } = host;
  const locale = variables['LC_ALL'] ?? variables['LC_CTYPE'] ?? variables['LANG'] ?? 'UTF-8';
  return {
    columns: host.stdoutIsTerminal ? host.columns : null,
    bar: /utf-?8/i.test(locale) ? '█' : '#',
    // The hours of a day belong to whole days.
    sections: period.kind === 'days' ? shown : shown.filter((section) => section !== 'hours'),
  };
}
