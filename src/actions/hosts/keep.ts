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
}

/** A turn as a change: `note host 3 (web-01): reports -> silent for 37 min`. */
export function changeOf({ before, after }: Turn, nowMs: number): Change {
  const target = `host ${after.hostId} (${after.hostName})`;
  return {
    what: 'note',
    target,
    before: before === null ? 'reports' : inWords(before, nowMs),
    after: inWords(after, nowMs),
  };
}

/** Writes turns down: the outages, what is known of the hosts now, and their time lines. */
export async function keepTurns({ state, site, nowMs }: Ledger, turns: readonly Turn[]): Promise<void> {
  const at = isoUtc(nowMs);
  await keepOutages(
    state,
    site,
    turns.map(({ kind, after, isTold }) => ({ outage: after, isTold: isTold && kind === 'silent' })),
  );
  // Of two turns of a host, the end of one silence and the beginning of the next, the last one counts.
  const checks = new Map(turns.map(({ after }) => [after.hostId, knownAfter(after, site, at)]));
  await keepChecks(state, [...checks.values()]);
  await addEvidence(
    state,
    turns.map((turn) => ({ ...evidenceOf(turn, nowMs), ...place(site, turn.after.hostId), at })),
  );
  if (turns.some(({ after }) => after.endedMs !== null)) await pruneOutages(state, site, nowMs - keptMs);
}

function knownAfter({ hostId, hostName, beganMs, endedMs }: Turn['after'], site: string, at: string): Check {
  const common = checkOf(site, hostId, hostName, at);
  const began = isoUtc(beganMs);
  if (endedMs !== null) return { ...common, successes: 1, ok_at: isoUtc(endedMs) };
  return { ...common, state: 'silent', failures: 1, failing_since: began, ok_at: began };
}

function evidenceOf({ kind, after, isTold }: Turn, nowMs: number) {
  const isSilent = after.endedMs === null;
  return {
    result: isSilent ? 'silent' : kind === 'over' ? 'over' : 'reports',
    verdict: isSilent ? 'dead' : 'alive',
    reason: `${inWords(after, nowMs)}, since ${isoUtc(after.beganMs)}`,
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

function place(site: string, id: number) {
  return { site, kind: 'host', target_id: id } as const;
}

function checkOf(site: string, id: number, name: string, at: string): Check {
  const counts = { failures: 0, successes: 0, failing_since: null, ok_at: null, due_at: null, data: null };
  return { ...place(site, id), link: name, state: 'ok', checked_at: at, ...counts };
}

function inWords({ beganMs, endedMs }: Turn['after'], nowMs: number): string {
  if (endedMs === null) return `silent for ${durationInWords(nowMs - beganMs)}`;
  return `reports again after ${durationInWords(endedMs - beganMs)}`;
}
