import pLimit from 'p-limit';
import { addEvidence, checksOf, cutEvidence, keepChecks } from '../blog/checks.ts';
import { activeFeeds, type FeedHead } from '../blog/feeds.ts';
import { defineAction } from '../core/action.ts';
import { keptLink } from './checking/memory.ts';
import { apply, type FeedCounts, type Progressing, type Remembered } from './feeds/apply.ts';
import { bounded, type DueFeed, type FeedContext } from './feeds/hub.ts';
import { lookAt, type Look } from './feeds/look.ts';
import { isWaiting } from './feeds/memory.ts';
import { namedFeeds } from './feeds/named.ts';
import { refuseWithoutNetwork, type Asked } from './feeds/own-network.ts';
import { feedSettings } from './feeds/settings.ts';

// How many bodies are in memory at the same time.
const atOnce = 16;
// So many looks are lost where a run is killed.
const rememberedAtOnce = 25;

export default defineAction({
  summary: 'fetch the feeds that the blog shows, and keep their newest entries',
  details: [
    'Reads RSS, Atom, RDF and JSON Feed, and pages without a feed by the selectors of "scrapers". Titles are cleaned of',
    'whatever could run in a page, links are http(s) only. A feed is asked whether it has changed; one that fails keeps',
    'its last entries and is asked ever more seldom, at least once a day; one that has moved for good gets its new address;',
    'one that says 410 Gone is not asked any more until its address is altered. docs/feeds.md has the rest.',
  ].join(' '),
  examples: [
    { command: 'blogctl fetch-feeds --dry-run', meaning: 'ask and read, but write nothing' },
    {
      command: 'blogctl fetch-feeds 3 某站',
      meaning: 'two feeds at once, by id and by name (or host), whatever happened before',
    },
    { command: 'blogctl fetch-feeds --all', meaning: 'also those that are to wait' },
  ],
  schedule: '27 * * * *',
  settings: feedSettings,
  uses: ['db', 'state', 'http', 'parser'],
  timeout: '30m',

  async run(context) {
    const { progress, signal } = context;
    const counts: FeedCounts = {
      fetched: 0,
      stored: 0,
      unchanged: 0,
      failed: 0,
      moved: 0,
      waiting: 0,
      paused: 0,
      entries: 0,
      leftOut: 0,
      unknown: 0,
    };
    const so: Progressing = { counts, findings: [], refusals: [] };
    context.soFar(() => ({ ...counts }));
    const due = await dueFeeds(context, so);
    progress.total(due.length);
    const http = await context.http();
    const parser = await context.parser();
    const limit = pLimit(atOnce);
    const looks = due.map((one) => limit(() => lookAt(context, one, http, parser)));
    // They are waited for one after the other; one that throws meanwhile is no bug.
    for (const look of looks) look.catch(() => undefined);
    const asked: Asked[] = [];
    const remembered: Remembered[] = [];
    try {
      for (const one of due) {
        const look = await (looks.shift() as Promise<Look>);
        signal.throwIfAborted();
        const isUnreached = !look.isGood && look.isUnreached;
        asked.push({ url: one.feed.url, result: look.result, isUnreached, last: one.last });
        const kept = await apply(context, one, look, so);
        if (kept !== null) remembered.push(kept);
        progress.step();
        const isNetworkUp = asked.some((other) => !other.isUnreached && other.result !== 'not-allowed');
        if (isNetworkUp && remembered.length >= rememberedAtOnce) await remember(context, remembered.splice(0));
      }
    } finally {
      limit.clearQueue();
    }
    await refuseWithoutNetwork(context, asked);
    await remember(context, remembered);
    const [refusal] = so.refusals;
    if (refusal !== undefined && counts.stored === 0) throw refusal;
    return { summary: summaryOf(counts), counts: { ...counts }, findings: so.findings };
  },
});

async function dueFeeds(context: FeedContext, so: Progressing): Promise<readonly DueFeed[]> {
  const { counts, findings } = so;
  const { settings, nowMs, blog } = context;
  const database = await context.db();
  const state = await context.state();
  const checks = state.isReady ? await checksOf(state, blog.name, 'feed') : new Map();
  const isNamed = settings.feeds.length > 0;
  const feeds = isNamed ? await namedFeeds(context, so) : await activeFeeds(database);
  if (!isNamed) tellUnusedScrapers(context, feeds, findings);
  return feeds.flatMap((feed): DueFeed[] => {
    const check = checks.get(feed.id) ?? null;
    const last = check?.link === keptLink(feed.url) ? check : null;
    const isAsked = isNamed || settings.all || settings.compat !== undefined;
    if (isAsked || last === null) return [{ feed, last }];
    if (last.state === 'paused') counts.paused++;
    else if (isWaiting(last, nowMs)) counts.waiting++;
    else return [{ feed, last }];
    return [];
  });
}

function tellUnusedScrapers(
  { settings }: FeedContext,
  feeds: readonly FeedHead[],
  findings: Progressing['findings'],
): void {
  for (const { feed } of settings.scrapers) {
    if (feeds.some(({ name, url }) => feed === name || feed === url)) continue;
    const message = 'no active feed has this name or address';
    findings.push({ kind: 'unused-scraper', target: `scraper ${bounded(feed, 100)}`, message });
  }
}

async function remember(context: FeedContext, all: readonly Remembered[]): Promise<void> {
  if (all.length === 0) return;
  const evidence = all.flatMap((one) => one.evidence ?? []);
  const after = `${all.length} looked at, ${evidence.length} with news`;
  await context.change({ what: 'note', target: 'blogctl_check', after }, async () => {
    const state = await context.state();
    await keepChecks(
      state,
      all.map(({ check }) => check),
    );
    await addEvidence(state, evidence);
    if (evidence.length > 0) await cutEvidence(state, context.blog.name, 'feed');
  });
}

function summaryOf(counts: FeedCounts): string {
  const parts = [
    `${counts.fetched} ${counts.fetched === 1 ? 'feed' : 'feeds'} asked: ${counts.stored} stored, ${counts.unchanged} unchanged`,
  ];
  if (counts.failed > 0) parts.push(`${counts.failed} not read`);
  if (counts.moved > 0) parts.push(`${counts.moved} moved`);
  if (counts.waiting > 0) parts.push(`${counts.waiting} waiting`);
  if (counts.paused > 0) parts.push(`${counts.paused} gone`);
  if (counts.unknown > 0) parts.push(`${counts.unknown} not found`);
  return parts.join(', ');
}
