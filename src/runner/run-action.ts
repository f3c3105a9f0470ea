import type { Action } from '../core/action.ts';
import { parseDuration } from '../core/duration.ts';
import { UsageError } from '../core/errors.ts';
import type { Host } from '../core/host.ts';
import type { GeneralFlags } from './command.ts';
import { jobOrDefaults } from './config/config.ts';
import { loadConfig } from './config/load.ts';
import { execute } from './execute.ts';
import type { Registry } from './registry.ts';

/** What was given on the command line of an action. */
export interface ActionCall {
  readonly given: Readonly<Record<string, unknown>>;
  readonly timeout: string | undefined;
  readonly general: GeneralFlags;
}

/** Runs an action by hand, with the settings of the job of its name where there is one. Returns the exit code. */
export async function runAction(
  name: string,
  action: Action,
  call: ActionCall,
  { host, registry }: { readonly host: Host; readonly registry: Registry },
): Promise<number> {
  const config = await loadConfig(host, registry, { given: call.general.config, dryRun: call.general.dryRun });
  const named = jobOrDefaults(config, name);
  // A job of this name may be one of another action; its settings are then none of ours.
  const own = named.action === name ? named : { ...jobOrDefaults({ ...config, jobs: new Map() }, name) };
  const timeout = call.timeout === undefined ? own.timeout : parseDuration(call.timeout);
  if (timeout === null || (timeout !== undefined && timeout.ms < 1000)) {
    throw new UsageError(`--timeout: expected a length of time such as 45m, at least 1s, got "${call.timeout}"`);
  }
  const job = { ...own, timeout };
  const { given, general } = call;
  return execute({ config, job, action, given, general, isScheduled: false, isSilent: false }, host);
}
