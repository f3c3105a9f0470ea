import { statisticsKey, type StatisticsName } from '../blog/cache-keys.ts';
import { dayOf, hourOf } from '../blog/days.ts';
import {
  daysNeeded,
  hourStatistics,
  monthStatistics,
  userStatistics,
  weekStatistics,
  type ViewDays,
} from '../blog/statistics.ts';
import { createBlogTime } from '../blog/time.ts';
import { daysJoined } from '../blog/users.ts';
import type { ViewDay } from '../blog/view-day.ts';
import { viewDays } from '../blog/views.ts';
import { defineAction } from '../core/action.ts';
import type { Cache, CacheValue } from '../core/cache.ts';
import type { Database } from '../core/database.ts';
import type { Finding } from '../core/outcome.ts';
import { duration, settings } from '../core/settings.ts';

export default defineAction({
  summary: "put the dashboard's statistics into the blog's cache",
  details: [
    "Computes the four charts of the blog's dashboard (this and last week with a forecast of today, today and yesterday by the",
    'hour, the last 31 days, the users) and sets them where the dashboard looks in this hour, so that no visitor waits for',
    'them. Numbers that nobody has counted are a dash, as on the blog.',
  ].join(' '),
  examples: [
    { command: 'blogctl warm-statistics', meaning: 'set what is missing or has changed' },
    { command: 'blogctl warm-statistics --dry-run --json', meaning: 'the keys that would be set' },
  ],
  schedule: '0 * * * *',
  settings: settings({
    expiry: duration('how long the statistics stay', { default: '1h', least: '1s' }),
  }),
  uses: ['db', 'cache'],
  timeout: '5m',

  async run({ settings: wanted, nowMs, blog, time, db, cache: openCache, change, signal }) {
    const database = await db();
    const local = createBlogTime(blog.timezone, () => nowMs);
    const now = local.fromEpochMs(nowMs);
    const today = dayOf(now);
    const findings: Finding[] = [];
    const days = await readableDays(database, today, findings);
    const joined = await daysJoined(database, (text) => (blog.useTz ? local.fromEpochMs(time.toEpochMs(text)) : text));
    const charts: Readonly<Record<StatisticsName, CacheValue>> = {
      week: weekStatistics(days, today),
      hours: hourStatistics(days, today),
      month: monthStatistics(days, today),
      user: userStatistics(joined),
    };
    const cache = await openCache();
    const counts = { set: 0, present: 0 };
    for (const [name, value] of Object.entries(charts)) {
      signal.throwIfAborted();
      const key = statisticsKey(name as StatisticsName, `${today}${hourOf(now)}`);
      if (await holds(cache, key, value)) counts.present++;
      else {
        await change({ what: 'set', target: key }, () => cache.set(key, value, Math.ceil(wanted.expiry.ms / 1000)));
        counts.set++;
      }
    }
    return { summary: `${counts.set} statistics set, ${counts.present} already there`, counts, findings };
  },
});

async function readableDays(database: Database, today: string, findings: Finding[]): Promise<ViewDays> {
  const days = new Map<string, ViewDay>();
  for (const { date, read } of (await viewDays(database, daysNeeded(today))).values()) {
    if (typeof read !== 'string') days.set(date, read);
    else {
      const message = `its body ${read}; the charts show a gap there`;
      findings.push({ kind: 'unreadable-row', target: `blog_articleview ${date}`, message });
    }
  }
  return days;
}

// An entry that cannot be read is none of ours, and no use to the blog.
async function holds(cache: Cache, key: string, value: CacheValue): Promise<boolean> {
  const entry = await cache.get(key).catch(() => null);
  return entry !== null && JSON.stringify(entry.value) === JSON.stringify(value);
}
