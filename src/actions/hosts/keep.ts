import { addEvidence, keepChecks, type Check } from '../../blog/checks.ts';
import { keepOutages, pruneOutages } from '../../blog/outages.ts';
import type { StateDatabase } from '../../core/database.ts';
import { durationInWords } from '../../core/duration.ts';
import { isoUtc } from '../../core/host.ts';
import type { Change } from '../../core/outcome.ts';
import type { HostLook, OddClock, Turn } from './course.ts';

/** How long outages that are over stay. */
const keptMs = 400 * 86_400_000;

/** Where and when a turn is written down. */
export interface Ledger {
  readonly state: StateDatabase;
  /** The blog's name. */
  readonly site: string;
  readonly nowMs: number;
  /** An instant in the blog's zone: `2026-03-18 14:05:09`. */
  readonly local: (epochMs: number) => string;
}

/** A turn as a change: `note host 3 (web-01): silent, told at 10 min -> silent for 1 h`. */
export function changeOf(turn: Turn, nowMs: number): Change {
  const { before, after } = turn;
  const target = `host ${after.hostId} (${after.hostName})`;
  return { what: 'note', target, before: beforeInWords(before), after: inWords(turn, nowMs) };
}

/** Writes turns down: the outages, what is known of the hosts now, and their time lines. */
export async function keepTurns(ledger: Ledger, turns: readonly Turn[]): Promise<void> {
  const { state, site, nowMs } = ledger;
  const at = isoUtc(nowMs);
  await keepOutages(
    state,
    site,
    turns.map(({ kind, after, isTold }) => ({ outage: after, isTold: isTold && kind === 'silent' })),
  );
  // Of two turns of a host, the end of one silence and the beginning of the next, the last one counts.
  const checks = new Map(turns.map((turn) => [turn.after.hostId, knownAfter(turn, site, at)]));
  await keepChecks(state, [...checks.values()]);
  await addEvidence(
    state,
    turns.map((turn) => ({ ...evidenceOf(turn, ledger), ...place(site, turn.after.hostId), at })),
  );
  if (turns.some(({ after }) => after.endedMs !== null)) await pruneOutages(state, site, nowMs - keptMs);
}

function knownAfter({ kind, after }: Turn, site: string, at: string): Check {
  const { hostId, hostName, beganMs, endedMs } = after;
  const common = checkOf(site, hostId, hostName, at);
  const began = isoUtc(beganMs);
  if (kind === 'unwatched') return { ...common, state: 'unwatched', ok_at: began };
  if (endedMs !== null) return { ...common, successes: 1, ok_at: isoUtc(endedMs) };
  return { ...common, state: 'silent', failures: 1, failing_since: began, ok_at: began };
}

function evidenceOf(turn: Turn, { nowMs, local }: Ledger) {
  const { kind, after, isTold } = turn;
  const isSilent = after.endedMs === null;
  const last = kind === 'unwatched' ? '; it last reported at' : ', since';
  return {
    result: isSilent ? 'silent' : kind === 'over' || kind === 'unwatched' ? kind : 'reports',
    verdict: isSilent ? 'dead' : kind === 'unwatched' ? 'unknown' : 'alive',
    reason: `${inWords(turn, nowMs)}${last} ${local(after.beganMs)}`,
    done: isTold ? 'told' : null,
  };
}

/** Remembers a host whose time lies behind, as it looks now. */
export async function keepOddClock({ state, site, nowMs }: Ledger, host: HostLook, isNew: boolean): Promise<void> {
  const at = isoUtc(nowMs);
  const memory: OddClock = { seenMs: host.updateMs, lookedMs: nowMs };
  const check = { ...checkOf(site, host.id, host.name, at), state: 'odd-clock', ok_at: at, successes: 1 };
  await keepChecks(state, [{ ...check, data: JSON.stringify(memory) }]);
  if (!isNew) return;
  const reason = `it reports, but the time of its report is ${durationInWords(nowMs - host.updateMs)} behind`;
  await addEvidence(state, [
    { ...place(site, host.id), at, result: 'odd-clock', verdict: 'unknown', reason, done: null },
  ]);
}

/** What is remembered of hosts whose time lies behind. */
export function oddClocksIn(checks: ReadonlyMap<number, Check>): Map<number, OddClock> {
  const odd = new Map<number, OddClock>();
  for (const [id, check] of checks) {
    if (check.state === 'odd-clock' && check.data !== null) odd.set(id, JSON.parse(check.data) as OddClock);
  }
  return odd;
}

/** Where a host's rows are. */
export function place(site: string, id: number) {
  return { site, kind: 'host', target_id: id } as const;
}

/** What is known of a host that is well. */
export function checkOf(site: string, id: number, name: string, at: string): Check {
  const counts = { failures: 0, successes: 0, failing_since: null, ok_at: null, due_at: null, data: null };
  return { ...place(site, id), link: name, state: 'ok', checked_at: at, ...counts };
}

function inWords({ kind, after: { beganMs, endedMs } }: Turn, nowMs: number): string {
  if (kind === 'unwatched') return 'no longer watched';
  if (endedMs === null) return `silent for ${durationInWords(nowMs - beganMs)}`;
  return `reports again after ${durationInWords(endedMs - beganMs)}`;
}

// What was told of it, because how long it was silent says the other side.
function beforeInWords(before: Turn['before']): string {
  if (before === null) return 'reports';
  if (before.endedMs !== null) return 'reports again, not told';
  return before.toldStep === 0 ? 'silent, not told' : `silent, told at ${durationInWords(before.toldStep * 60_000)}`;
}
