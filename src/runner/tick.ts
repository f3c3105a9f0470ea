import { isoUtc } from '../core/host.ts';
import { parseSchedule } from '../schedule/cron-expression.ts';
import { previousRun } from '../schedule/next-run.ts';

// cron starts a run within seconds of its minute. A line that somebody copies and runs later belongs to no tick.
const tickLastsMs = 5 * 60_000;

/**
 * The tick that a run started by cron belongs to: the last minute at or before now at which the schedule fires, as ISO
 * UTC. Hosts whose clocks differ by seconds agree on it. Null where that minute is long past.
 */
export function tickOf(schedule: string | null, nowMs: number, zone: string): string | null {
  if (schedule === null) return null;
  const slot = previousRun(parseSchedule(schedule), nowMs, zone);
  return slot === null || nowMs - slot > tickLastsMs ? null : isoUtc(slot);
}
