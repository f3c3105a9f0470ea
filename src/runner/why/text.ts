import type { Evidence } from '../../blog/checks.ts';
import { durationInWords } from '../../core/duration.ts';
import { maskedAddress } from '../../core/masked-address.ts';
import { plainText } from '../../core/plain-text.ts';
import { formatTable } from '../../core/table.ts';
import { actionOf, type Known } from './known.ts';
import { isAtRest } from './next.ts';

/** What a person is told: how it stands, what comes next, and its time line, newest first. */
export function whyText(
  known: Known,
  next: string,
  evidence: readonly Evidence[],
  { timezone, columns }: { readonly timezone: string; readonly columns: number | null },
): string {
  const { kind, thing, check, coming, local } = known;
  const oneLine = (text: string): string => plainText(text.slice(0, 1000)).replace(/\s+/g, ' ').trim();
  const at = (iso: string): string => local(Date.parse(iso));
  const lines = [`${kind} ${thing.id}: ${oneLine(thing.name)}`];
  if (thing.link !== null) lines.push(`link: ${oneLine(maskedAddress(thing.link))}`);
  if (thing.isShown !== null) {
    lines.push(
      thing.isShown ? 'in the blog: shown' : `in the blog: hidden (${oneLine(thing.reason ?? '') || 'no reason'})`,
    );
  }
  const report = reportLines(known);
  lines.push(...report);
  const isLink = kind === 'friend' || kind === 'site';
  if (check !== null && report.length === 0) {
    const { state, failures, failing_since: since, ok_at: okAt } = check;
    // The last look could tell nothing.
    const isUnverified = isLink && state === 'ok' && failures === 0 && evidence[0]?.verdict === 'unknown';
    const unverified = okAt === null ? 'unverified' : `ok, but not verified since ${at(okAt)}`;
    const series =
      failures === 0 || since === null
        ? ''
        : `, ${failures} ${failures === 1 ? 'failure' : 'failures in a row'} since ${at(since)}`;
    const lastAlive = okAt === null ? '' : `, ${state === 'unwatched' ? 'last reported' : 'last alive'} ${at(okAt)}`;
    lines.push(
      state === 'by-hand'
        ? `state: by-hand, seen so since ${at(check.checked_at)}`
        : `state: ${isUnverified ? unverified : state}${series}; last looked at ${at(check.checked_at)}${lastAlive}`,
    );
  }
  lines.push(`next: ${next}`);
  const isLookedAt = !isAtRest(known);
  if (isLookedAt)
    lines.push(
      coming.next === null
        ? `next look: by hand, since cron runs no job of ${actionOf[kind]}`
        : `next look: ${local(coming.next.atMs)}, by ${coming.next.job}`,
    );
  if (evidence.length === 0) return `${lines.join('\n')}\n`;
  const layout = [
    { heading: `at (${timezone})` },
    { heading: 'result' },
    { heading: 'verdict' },
    { heading: 'done' },
    { heading: 'reason', canShrink: true },
  ];
  const rows = evidence.map((one) => [at(one.at), one.result, one.verdict, one.done ?? '', one.reason]);
  return `${[...lines, '', ...formatTable(layout, rows, columns)].join('\n')}\n`;
}

// Of a host only what changes is written down: when that was says nothing of when it was looked at, or whether it lives.
function reportLines({ kind, thing, check, reportedMs, nowMs, local }: Known): string[] {
  if (kind !== 'host' || !thing.isActive || reportedMs === null) return [];
  const since = check?.failing_since ?? null;
  const state =
    check === null ? [] : [`state: ${check.state}${since === null ? '' : ` since ${local(Date.parse(since))}`}`];
  const ago = reportedMs > nowMs ? '' : `, ${durationInWords(nowMs - reportedMs)} ago`;
  return [...state, `last report: ${local(reportedMs)}${ago}`];
}
