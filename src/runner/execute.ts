import type { Action } from '../core/action.ts';
import { BlogctlError, exitCodeOf, exitCodes } from '../core/errors.ts';
import { isoUtc, type Host } from '../core/host.ts';
import { plainJson } from '../core/plain-text.ts';
import { createRedactor } from '../core/redact.ts';
import { secretsIn } from '../core/settings.ts';
import type { GeneralFlags } from './command.ts';
import type { Config, JobConfig } from './config/config.ts';
import { openConsole } from './console.ts';
import { mergeSettings, scheduleOf, timeoutOf } from './plan-run.ts';
import { failureText, reportText } from './present.ts';
import { whenTextFor } from './when-text.ts';
import { runJob, type EndedRun, type RunPlan } from './run-job.ts';

/** What somebody asked for: a job, and how. */
export interface RunRequest {
  readonly config: Config;
  readonly job: JobConfig;
  readonly action: Action;
  /** Settings given as flags; they beat the configuration. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly general: GeneralFlags;
  /** Started by a line of the crontab: it claims its tick and says nothing but failures. */
  readonly isScheduled: boolean;
  /** Says nothing of a success, even by hand. */
  readonly isSilent: boolean;
}

/** Runs a job and prints its result. Returns the exit code. */
export async function execute(request: RunRequest, host: Host): Promise<number> {
  const { config, job, action, general } = request;
  const redactor = createRedactor();
  redactor.add(config.secrets);
  const settings = mergeSettings(job, action, request.given);
  redactor.add(secretsIn(action.settings, settings));
  const console = await openConsole(host, general, redactor);
  // Under cron a warning would be a mail each time; it comes with every run by hand.
  if (!request.isScheduled) for (const warning of config.warnings) console.log.warn(warning);
  if (host.clock.isFixed) console.log.info('the clock is fixed by BLOGCTL_NOW', { now: host.clock.nowMs() });
  const plan: RunPlan = {
    config,
    job,
    action,
    settings,
    timeoutMs: timeoutOf(job, action),
    dryRun: general.dryRun,
    startedBy: request.isScheduled ? 'cron' : 'hand',
    tick: request.isScheduled ? await tickNow(job, action, host) : null,
  };
  const ended = await runJob(plan, host, console, redactor);
  print(ended, request, host, console);
  return codeOf(ended, general);
}

async function tickNow(job: JobConfig, action: Action, host: Host): Promise<string | null> {
  const schedule = scheduleOf(job, action);
  const nowMs = host.clock.nowMs();
  // Every minute is a tick of its own; the search for others brings a library along.
  if (schedule === '* * * * *') return isoUtc(Math.floor(nowMs / 60_000) * 60_000);
  const [{ systemZone }, { tickOf }] = await Promise.all([import('../schedule/zone.ts'), import('./tick.ts')]);
  return tickOf(schedule, nowMs, systemZone());
}

function print(
  ended: EndedRun,
  request: RunRequest,
  host: Host,
  console: Awaited<ReturnType<typeof openConsole>>,
): void {
  const { report, error } = ended;
  const { general, config } = request;
  if (general.json) host.print(`${plainJson(report, 2)}\n`);
  if (error !== null) {
    // A run that waits for its own predecessor is no reason for a mail every minute.
    if (report.status === 'skipped' && request.isScheduled) return;
    const whenText = whenTextFor(config, host);
    console.fail(failureText(ended, { configPath: config.path, whenText, isVerbose: general.verbose }));
  } else if (!general.json && !request.isSilent) {
    console.say(reportText(report, console, general.verbose));
  }
}

function codeOf({ report, error }: EndedRun, general: GeneralFlags): number {
  if (error !== null) return error instanceof BlogctlError ? error.exitCode : exitCodeOf(error);
  // That it remembers what it saw is no news: it does so each time.
  const changes = report.changes.filter(({ target }) => !target.startsWith('blogctl_'));
  const isNoteworthy = changes.length > 0 || report.findings.length > 0;
  return general.exitCode && isNoteworthy ? exitCodes.changesOrFindings : exitCodes.done;
}
