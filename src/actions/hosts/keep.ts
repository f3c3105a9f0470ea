import { addEvidence, keepChecks, type Check } from '../../blog/checks.ts';
import { keepOutage, pruneOutages } from '../../blog/outages.ts';
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

/** Writes a turn down: the outage, what is known of the host now, and its time line. */
export async function keepTurn({ state, site, nowMs }: Ledger, turn: Turn): Promise<void> {
  const { kind, after, isTold } = turn;
  const isSilent = after.endedMs === null;
  await keepOutage(state, site, after, isTold && kind === 'silent');
  const began = isoUtc(after.beganMs);
  const at = isoUtc(nowMs);
  await keepChecks(state, [
    {
      ...checkOf(site, after.hostId, after.hostName, at),
      state: isSilent ? 'silent' : 'ok',
      failures: isSilent ? 1 : 0,
      successes: isSilent ? 0 : 1,
      failing_since: isSilent ? began : null,
      ok_at: isSilent ? began : isoUtc(after.endedMs ?? nowMs),
    },
  ]);
  await addEvidence(state, [
    {
      ...place(site, after.hostId),
      at,
      result: isSilent ? 'silent' : kind === 'over' ? 'over' : 'reports',
      verdict: isSilent ? 'dead' : 'alive',
      reason: `${inWords(after, nowMs)}, since ${began}`,
      done: isTold ? 'told' : null,
    },
  ]);
  if (!isSilent) await pruneOutages(state, site, nowMs - keptMs);
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
