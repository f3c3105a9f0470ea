import { existsSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';

/** What a machine says about its time zone; each is asked only when the ones before it gave nothing. */
export interface ZoneReadings {
  /** Where the link /etc/localtime leads, as written and then resolved; empty where it is no link. */
  readonly localtimeTargets: () => readonly string[];
  /** The text of Debian's /etc/timezone. */
  readonly timezoneFile: () => string | undefined;
  /** Whether there is an /etc/localtime at all; the C library takes UTC where there is none. */
  readonly hasLocaltime: () => boolean;
  /** This process's own idea, which the variable TZ can have changed. */
  readonly processZone: () => string;
}

/**
 * The IANA zone that the cron daemon runs in: the machine's, whatever TZ says in the shell of whoever asks.
 *
 * /etc/localtime comes before /etc/timezone, since that is the one the C library reads; they differ on machines that were changed by hand.
 */
export function systemZone(readings: ZoneReadings = machineReadings()): string {
  for (const target of readings.localtimeTargets()) {
    const name = /zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(target)?.[1];
    if (name !== undefined && isZone(name)) return name;
  }
  const written = readings.timezoneFile()?.trim();
  if (written !== undefined && isZone(written)) return written;
  return readings.hasLocaltime() ? readings.processZone() : 'UTC';
}

function isZone(name: string): boolean {
  // Intl takes "+08:00" as well, which is no name.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

function machineReadings(): ZoneReadings {
  return {
    localtimeTargets: () =>
      [() => readlinkSync('/etc/localtime'), () => realpathSync('/etc/localtime')]
        .map(orUndefined)
        .filter((target) => target !== undefined),
    timezoneFile: () => orUndefined(() => readFileSync('/etc/timezone', 'utf8')),
    hasLocaltime: () => existsSync('/etc/localtime'),
    processZone: () => new Intl.DateTimeFormat('en').resolvedOptions().timeZone,
  };
}

/** A file that is missing or not a link is an answer here, not a fault. */
function orUndefined(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
