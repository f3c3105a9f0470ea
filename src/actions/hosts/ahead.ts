import { addEvidence, keepChecks, type Check } from '../../blog/checks.ts';
import { durationInWords } from '../../core/duration.ts';
import { isoUtc } from '../../core/host.ts';
import type { Change } from '../../core/outcome.ts';
import type { HostLook, Telling } from './course.ts';
import { checkOf, place, type Ledger } from './keep.ts';

/** A host's clock may be ahead of ours by so much. */
const mostAheadMs = 5 * 60_000;

/** A host whose time has run ahead, so that its silence would not be noticed, or is no longer ahead. */
export interface AheadTurn {
  readonly kind: 'ahead' | 'in-time';
  readonly host: HostLook;
  readonly aheadMs: number;
}

/** Is a host's time so far ahead that its silence would not be noticed? */
export function isAhead({ updateMs }: Pick<HostLook, 'updateMs'>, nowMs: number): boolean {
  return updateMs - nowMs > mostAheadMs;
}

/** What there is to tell of hosts whose time is ahead, once each: it waits until somebody may be told. */
export function aheadTurns(
  hosts: readonly HostLook[],
  checks: ReadonlyMap<number, Check>,
  { nowMs, telling }: { readonly nowMs: number; readonly telling: Telling },
): AheadTurn[] {
  if (telling !== 'now') return [];
  return hosts.flatMap((host): AheadTurn[] => {
    const aheadMs = host.updateMs - nowMs;
    const wasAhead = checks.get(host.id)?.state === 'clock-ahead';
    if (isAhead(host, nowMs) === wasAhead) return [];
    return [{ kind: wasAhead ? 'in-time' : 'ahead', host, aheadMs }];
  });
}

/** Such a turn as a change. */
export function aheadChange({ kind, host, aheadMs }: AheadTurn): Change {
  const target = `host ${host.id} (${host.name})`;
  const after = kind === 'ahead' ? `its time is ${durationInWords(aheadMs)} ahead` : 'its time is no longer ahead';
  return { what: 'note', target, after };
}

/** Writes such turns down. */
export async function keepAhead({ state, site, nowMs }: Ledger, turns: readonly AheadTurn[]): Promise<void> {
  const at = isoUtc(nowMs);
  const checks = turns.map(({ kind, host }): Check => {
    const common = { ...checkOf(site, host.id, host.name, at), successes: 1, ok_at: at };
    return kind === 'ahead' ? { ...common, state: 'clock-ahead' } : common;
  });
  await keepChecks(state, checks);
  const rows = turns.map((turn) => ({
    ...place(site, turn.host.id),
    at,
    result: turn.kind === 'ahead' ? 'clock-ahead' : 'in-time',
    verdict: turn.kind === 'ahead' ? 'unknown' : 'alive',
    reason: String(aheadChange(turn).after),
    done: 'told',
  }));
  await addEvidence(state, rows);
}
