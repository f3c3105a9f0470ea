import type { MonitoredHost } from '../../blog/hosts.ts';
import type { Outage } from '../../blog/outages.ts';

/** A host that is watched, as it looks now. */
export interface HostLook extends MonitoredHost {
  /** When it last pushed, in milliseconds since 1970. */
  readonly updateMs: number;
}

/** What is remembered of a host whose time lies behind: what it said, and when we looked. */
export interface OddClock {
  readonly seenMs: number;
  readonly lookedMs: number;
}

/**
 * A turn in a host's course:
 * - `silent` it has reached a step, or that is to be told now; `back` it reports again, and its silence was told;
 * - `passed` it was silent for a while and reports again, and nobody was told of either; `over` it reports again, and
 *   there is nothing to tell; `unwatched` it is watched no longer, or gone: nobody knows whether it reports.
 */
export interface Turn {
  readonly kind: 'silent' | 'back' | 'passed' | 'over' | 'unwatched';
  readonly before: Outage | null;
  readonly after: Outage;
  /** It is told by this run; else it is put off, or nobody is there to be told. */
  readonly isTold: boolean;
}

/** How things are told now: at once, after the quiet hours, or to nobody, since the configuration names nobody. */
export type Telling = 'now' | 'later' | 'never';

/** What a look at the hosts is judged by. */
export interface Course {
  /** Minutes, growing. */
  readonly steps: readonly number[];
  readonly nowMs: number;
  readonly telling: Telling;
  readonly oddClocks: ReadonlyMap<number, OddClock>;
}

/** What came of a look at all hosts. */
export interface Judged {
  readonly turns: readonly Turn[];
  /** Hosts that report, though the time they report with lies behind. */
  readonly odd: readonly HostLook[];
  /** Hosts that have reached a step and have not come back. */
  readonly silent: readonly HostLook[];
}

const minuteMs = 60_000;

/**
 * Judges all watched hosts against the outages that are kept. Each step is told once: whichever was reached when a run
 * comes along, however late, and only the highest of them.
 */
export function judge(hosts: readonly HostLook[], outages: readonly Outage[], course: Course): Judged {
  const turns: Turn[] = [];
  const odd: HostLook[] = [];
  const silent: HostLook[] = [];
  const open = new Map(outages.filter(isOpen).map((outage) => [outage.hostId, outage]));
  // What has ended and waits to be told.
  turns.push(...outages.filter((outage) => !isOpen(outage)).flatMap((outage) => tellEnd(outage, outage, course)));
  for (const host of hosts) {
    const known = open.get(host.id) ?? null;
    open.delete(host.id);
    const isBehind = reports(host, known, course);
    const hasMoved = known !== null && host.updateMs > known.beganMs;
    if (known !== null && (hasMoved || isBehind)) {
      const endedMs = isBehind ? course.nowMs : Math.min(host.updateMs, course.nowMs);
      turns.push(...tellEnd(known, { ...known, hostName: host.name, endedMs, lookedMs: course.nowMs }, course));
    }
    const step = stepOf(host, course);
    if (isBehind) odd.push(host);
    else if (step > 0) {
      silent.push(host);
      turns.push(...tellSilence(host, hasMoved ? null : known, step, course));
    }
  }
  for (const gone of open.values()) {
    const after = { ...gone, endedMs: course.nowMs, lookedMs: course.nowMs, isSettled: true };
    turns.push({ kind: 'unwatched', before: gone, after, isTold: false });
  }
  return { turns, odd, silent };
}

/** The highest step that a silence has reached; 0 where it has reached none. */
export function stepOf({ updateMs }: HostLook, { steps, nowMs }: Pick<Course, 'steps' | 'nowMs'>): number {
  const minutes = Math.floor((nowMs - updateMs) / minuteMs);
  return steps.findLast((step) => step <= minutes) ?? 0;
}

// A time that has changed since we looked, and yet lies before that look, was written after it: by a host or a blog
// whose clock or zone is another one than ours. It reports; how late it is nobody knows.
function reports(host: HostLook, known: Outage | null, course: Course): boolean {
  if (stepOf(host, course) === 0) return false;
  const last = course.oddClocks.get(host.id);
  if (last !== undefined && known === null) {
    if (host.updateMs !== last.seenMs) return host.updateMs < last.lookedMs - minuteMs;
    // It says nothing new; that may be silence, once it has lasted for as long as the first step.
    return course.nowMs - last.lookedMs < (course.steps[0] ?? 1) * minuteMs;
  }
  return known !== null && host.updateMs > known.beganMs && host.updateMs < known.lookedMs - minuteMs;
}

function tellSilence(host: HostLook, known: Outage | null, step: number, { nowMs, telling }: Course): Turn[] {
  const begun: Outage = known ?? {
    id: null,
    hostId: host.id,
    hostName: host.name,
    beganMs: host.updateMs,
    lookedMs: nowMs,
    step: 0,
    toldStep: 0,
    endedMs: null,
    isSettled: false,
  };
  const isTold = telling === 'now' && step > begun.toldStep;
  if (known !== null && step === known.step && !isTold) return [];
  const after = { ...begun, hostName: host.name, lookedMs: nowMs, step, toldStep: isTold ? step : begun.toldStep };
  return [{ kind: 'silent', before: known, after, isTold }];
}

// Its recovery is told where its silence was; a silence that nobody heard of because of the quiet hours is told with it.
function tellEnd(before: Outage, ended: Outage, { telling }: Course): Turn[] {
  const isNew = before.endedMs === null;
  const wasTold = before.toldStep > 0;
  // Without channels nobody is kept waiting; before the quiet hours were over it was only put off.
  if (telling === 'never') return [{ kind: 'over', before, after: { ...ended, isSettled: true }, isTold: false }];
  const kind = wasTold ? 'back' : 'passed';
  if (telling === 'now') return [{ kind, before, after: { ...ended, isSettled: true }, isTold: true }];
  return isNew ? [{ kind, before, after: ended, isTold: false }] : [];
}

function isOpen(outage: Outage): boolean {
  return outage.endedMs === null;
}
