import type { ActionContext, BaseContext, ResourceName } from '../core/action.ts';
import type { Host } from '../core/host.ts';
import type { Outcome } from '../core/outcome.ts';
import type { SettingsOf, SettingsSchema } from '../core/settings.ts';
import type { Console } from './console.ts';
import { startDeadline } from './deadline.ts';
import { blogTimeFor, type ResourcePool } from './open-resources.ts';
import type { RunPlan } from './run-job.ts';

/** What a run that has begun gives its action. */
export interface Begun extends Pick<BaseContext<unknown>, 'change' | 'soFar'> {
  readonly pool: ResourcePool;
  readonly startedAtMs: number;
}

/** Runs a plan's action within its time. */
export async function act(
  plan: RunPlan,
  host: Host,
  console: Console,
  { change, soFar, pool, startedAtMs }: Begun,
  lost: AbortSignal | undefined,
): Promise<Outcome> {
  const deadline = startDeadline(
    plan.timeoutMs,
    lost === undefined ? host.signal : AbortSignal.any([host.signal, lost]),
  );
  const context: ActionContext<SettingsOf<SettingsSchema>, ResourceName> = {
    settings: plan.settings,
    job: plan.job.name,
    nowMs: startedAtMs,
    elapsedMs: host.clock.elapsedMs,
    time: blogTimeFor(plan.config, host, () => startedAtMs),
    blog: plan.config.blog,
    canaries: plan.config.http.canaries,
    log: console.log,
    progress: console.progress,
    signal: deadline.signal,
    change,
    soFar,
    ...pick(pool.openers, plan.action.uses),
  };
  try {
    return await deadline.over(plan.action.run(context));
  } finally {
    deadline.clear();
  }
}

// An action gets the resources it declared and no others; its own type says so, the machine's cannot.
function pick(openers: ResourcePool['openers'], names: readonly ResourceName[]): ResourcePool['openers'] {
  return Object.fromEntries(names.map((name) => [name, openers[name]])) as ResourcePool['openers'];
}
