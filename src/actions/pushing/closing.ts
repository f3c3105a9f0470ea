import type { PushEngine, PushLedger } from '../../blog/pushes.ts';
import { isoUtc } from '../../core/host.ts';
import type { Closing, Engine, Taken } from './engine.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const mendHours = 6;
const baiduOffsetMs = 8 * hourMs;

/** What is known of an engine in a run; kept whenever it changes. */
export interface EngineMemory {
  /** Why nothing may be sent now; null where it may. */
  readonly closed: () => { readonly untilMs: number; readonly because: string; readonly reason: string } | null;
  /** How many addresses it takes on this day yet, as it said itself; null where it did not. */
  readonly remain: () => number | null;
  readonly failures: () => number;
  /** Notes that something was taken. Returns whether it is to be told that the key is yet to be confirmed. */
  readonly taken: (receipt: Taken) => Promise<boolean>;
  readonly close: (closing: Closing) => Promise<void>;
  /** Notes that a first plan was made. */
  readonly begin: () => Promise<void>;
}

/** Baidu's day begins at its own midnight, wherever the blog is. China has no summer time. */
export function baiduDay(nowMs: number): string {
  return isoUtc(nowMs + baiduOffsetMs).slice(0, 10);
}

function nextBaiduDayMs(nowMs: number): number {
  return (Math.floor((nowMs + baiduOffsetMs) / dayMs) + 1) * dayMs - baiduOffsetMs;
}

/** Until when an engine is left alone. */
function reopensAtMs({ outcome, retryAfterMs }: Closing, failures: number, nowMs: number): number {
  if (outcome === 'quota') return nextBaiduDayMs(nowMs);
  if (outcome === 'configuration') return nowMs + mendHours * hourMs;
  const pauseMs = Math.min(10 * minuteMs * 2 ** (failures - 1), 6 * hourMs);
  return nowMs + Math.min(Math.max(pauseMs, retryAfterMs ?? 0), dayMs);
}

/**
 * Opens what is known of an engine.
 * @param row as it stands in the table; null where nothing was ever sent
 */
export function engineMemory(
  engine: Engine,
  ledger: PushLedger,
  row: PushEngine | null,
  { nowMs, origin, isRetry }: { readonly nowMs: number; readonly origin: string; readonly isRetry: boolean },
): EngineMemory {
  const today = baiduDay(nowMs);
  const isSame = row?.settings === engine.settings && !isRetry;
  const empty = { closed_until: null, closed_because: null, reason: null };
  let now: Omit<PushEngine, 'site' | 'engine'> = {
    ...empty,
    ...(isSame && Date.parse(row.closed_until ?? '') > nowMs ? closureOf(row) : {}),
    origin,
    remain: isSame && row.remain_day === today ? row.remain : null,
    remain_day: isSame && row.remain_day === today ? row.remain_day : null,
    failures: row?.settings === engine.settings ? row.failures : 0,
    settings: engine.settings,
    pending_settings: row?.pending_settings ?? null,
  };
  const keep = async (change: Partial<typeof now>): Promise<void> => {
    now = { ...now, ...change };
    await ledger.keepEngine(now);
  };
  return {
    closed: () =>
      now.closed_until === null
        ? null
        : { untilMs: Date.parse(now.closed_until), because: now.closed_because ?? '', reason: now.reason ?? '' },
    remain: () => now.remain,
    failures: () => now.failures,
    begin: () => keep({}),
    taken: async ({ remain, isPending }) => {
      const isUsedUp = engine.hasQuota && remain === 0;
      const isNews = isPending && now.pending_settings !== engine.settings;
      await keep({
        ...(isUsedUp
          ? closure({ outcome: 'quota', reason: "the day's quota is used up", retryAfterMs: null }, 0, nowMs)
          : empty),
        remain,
        remain_day: remain === null ? null : today,
        failures: 0,
        ...(isNews ? { pending_settings: engine.settings } : {}),
      });
      return isNews;
    },
    close: async (closing) => {
      const failures = closing.outcome === 'trouble' ? now.failures + 1 : now.failures;
      await keep({ ...closure(closing, failures, nowMs), failures });
    },
  };
}

function closure(closing: Closing, failures: number, nowMs: number) {
  return {
    closed_until: isoUtc(reopensAtMs(closing, failures, nowMs)),
    closed_because: closing.outcome,
    reason: closing.reason,
  };
}

function closureOf({ closed_until, closed_because, reason }: PushEngine) {
  return { closed_until, closed_because, reason };
}
