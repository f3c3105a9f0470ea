import type { CheckedThing } from '../../blog/checked-things.ts';
import { isAllowedByIzone, isNamed } from '../../actions/checking/job.ts';
import { keptLink } from '../../actions/checking/memory.ts';
import type { Check } from '../../blog/checks.ts';
import type { Host } from '../../core/host.ts';
import type { CheckedKind } from '../../core/web-tables.ts';
import { parseSchedule } from '../../schedule/cron-expression.ts';
import { nextRun } from '../../schedule/next-run.ts';
import { systemZone } from '../../schedule/zone.ts';
import type { Config, JobConfig } from '../config/config.ts';
import { mergeSettings, scheduleOf } from '../plan-run.ts';
import type { Registry } from '../registry.ts';
import { actionOf } from './known.ts';

/** What the configuration's jobs have in store for a thing. */
export interface Coming {
  /** The job of cron's that looks at it first, and when, in milliseconds since 1970; null where none of them does. */
  readonly next: { readonly job: string; readonly atMs: number } | null;
  /** The job whose `allow` names it, so that it is left alone; null where none does. */
  readonly allowedBy: string | null;
  /** There is a job in the configuration; else nobody knows by what settings the next run will go. */
  readonly isConfigured: boolean;
  /** The settings of the job that comes next, else of the first; the action's own where there is no job. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Looks at the jobs of the action that looks at things of this kind.
 * @param check what is known of the thing; null where nobody has looked at it
 */
export async function comingOf(
  kind: CheckedKind,
  thing: CheckedThing,
  check: Check | null,
  { config, registry, host }: { readonly config: Config; readonly registry: Registry; readonly host: Host },
): Promise<Coming> {
  const action = await registry.loadAction(actionOf[kind]);
  const jobs = [...config.jobs.values()].filter((job) => job.action === actionOf[kind]);
  const runs = jobs.flatMap((job) => {
    const schedule = action === null ? null : scheduleOf(job, action);
    const nowMs = host.clock.nowMs();
    const fromMs = kind === 'feed' ? feedFromMs(job, thing, check, nowMs) : nowMs;
    const atMs = schedule === null || fromMs === null ? null : nextRun(parseSchedule(schedule), fromMs, systemZone());
    return atMs === null ? [] : [{ job: job.name, atMs }];
  });
  const allowing = jobs.find(({ settings }) => {
    const allow = Array.isArray(settings['allow']) ? settings['allow'].map(String) : [];
    const link = { ...thing, link: thing.link ?? '' };
    const isListed = kind === 'friend' || kind === 'site';
    return isListed && isByIzone(settings) ? isAllowedByIzone[kind](link, allow) : isNamed(link, allow);
  });
  const next = runs.toSorted((one, other) => one.atMs - other.atMs)[0] ?? null;
  const job = jobs.find(({ name }) => name === next?.job) ?? jobs[0] ?? unconfigured(actionOf[kind]);
  const settings = action === null ? {} : mergeSettings(job, action, {});
  return { next, allowedBy: allowing?.name ?? null, isConfigured: jobs.length > 0, settings };
}

// From when on the runs of a job ask for a feed; null where they never do.
function feedFromMs({ settings }: JobConfig, thing: CheckedThing, check: Check | null, nowMs: number): number | null {
  const named = Array.isArray(settings['feeds']) ? settings['feeds'].map(String) : [];
  if (named.length > 0) return isNamed({ ...thing, link: thing.link ?? '' }, named) ? nowMs : null;
  const isAsked = settings['all'] === true || isByIzone(settings);
  if (isAsked || check?.due_at == null || check.link !== keptLink(thing.link ?? '')) return nowMs;
  // A run in the very minute in which it is due asks for it.
  return Math.max(nowMs, Date.parse(check.due_at) - 1);
}

function unconfigured(action: string): JobConfig {
  return { name: action, action, schedule: undefined, timeout: undefined, settings: {} };
}

/** Does a job judge as the blog's own task does? */
export function isByIzone(settings: Readonly<Record<string, unknown>>): boolean {
  return settings['compat'] === 'izone';
}
