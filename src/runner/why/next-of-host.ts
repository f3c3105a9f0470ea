import type { MissingForWatch } from '../../blog/hosts.ts';
import { durationInWords } from '../../core/duration.ts';
import { isWithinHours, type HoursOfDay } from '../../core/hours-of-day.ts';
import type { Known } from './known.ts';

const minuteMs = 60_000;

const reasons: Readonly<Record<MissingForWatch, string>> = {
  active: 'it is switched off in the blog',
  alarm: 'its alarm is switched off in the blog',
  secret: 'it has no secret in the blog, so it cannot report',
  data: 'it has never reported to the blog',
};

/** What comes next for a host: the step of its silence at which it is told, and when that is reached. */
export function nextOfHost({ thing, check, coming, reportedMs, nowMs, local }: Known): string {
  if (!thing.isActive) return `${reasons[thing.missing ?? 'active']}: nobody looks at it`;
  if (reportedMs === null) return 'its update_date is no date, so nobody knows when it reported';
  const { steps, quietHours } = coming.settings as Partial<Settings>;
  const [first = 1] = steps ?? [];
  const quiet = quietHours === undefined ? '' : `; from ${quietHours.text.replace('-', ' to ')} nobody is told`;
  if (check?.state === 'clock-ahead') return 'its time runs ahead: until that is past its silence is not noticed';
  if (check?.state !== 'silent' || check.failing_since === null) {
    return `it is told at ${inMinutes(first)} of silence${quiet}`;
  }
  const beganMs = Date.parse(check.failing_since);
  const step = (steps ?? []).find((one) => beganMs + one * minuteMs > nowMs);
  if (step === undefined) return `the last step is past: it is told again when it reports${quiet}`;
  const atMs = beganMs + step * minuteMs;
  const isPutOff = quietHours !== undefined && isWithinHours(quietHours, local(atMs).slice(11));
  const wait = isPutOff ? `, but put off until the quiet hours (${quietHours.text}) are over` : '';
  return `it is told again at ${inMinutes(step)} of silence, at ${local(atMs)}${wait}`;
}

/** Of check-hosts, as they were read. */
interface Settings {
  readonly steps: readonly number[];
  readonly quietHours: HoursOfDay;
}

function inMinutes(step: number): string {
  return step < 120 ? `${step} ${step === 1 ? 'minute' : 'minutes'}` : durationInWords(step * minuteMs);
}
