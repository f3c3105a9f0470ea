import type { Action } from '../../core/action.ts';
import { didYouMean } from '../../core/nearest.ts';
import { parseDuration } from '../../core/duration.ts';
import { messageOf } from '../../core/errors.ts';
import { secretNames } from '../../core/settings.ts';
import { parseSchedule } from '../../schedule/cron-expression.ts';
import { jobName } from '../../schedule/names.ts';
import type { Registry } from '../registry.ts';
import type { JobConfig } from './config.ts';
import { at, problemsOf, type PlainProblem } from './issues.ts';
import type { ConfigPath } from './problems.ts';
import { jobKeys } from './schema.ts';

/** The jobs of a configuration. */
export interface CheckedJobs {
  readonly jobs: ReadonlyMap<string, JobConfig>;
  readonly problems: readonly PlainProblem[];
  /** Where settings stand that are secrets, given or not. */
  readonly secrets: readonly ConfigPath[];
}

/** Checks every job against its action: its name, its schedule, its settings. Values that are no mapping are zod's to tell. */
export async function checkJobs(
  value: unknown,
  raw: unknown,
  registry: Registry,
): Promise<CheckedJobs> {
  const jobs = new Map<string, JobConfig>();
  const problems: PlainProblem[] = [];
  const secrets: ConfigPath[] = [];
  const section = at(value, ['jobs']);
  if (!isMapping(section)) return { jobs, problems, secrets };
  for (const [name, body] of Object.entries(section)) {
    // A job may be named alone ("warm-cache:"), which YAML reads as null.
    const entries = body === null ? {} : body;
    if (!isMapping(entries)) continue;
    const job = readJob(name, entries);
    jobs.set(name, job);
    const action = await registry.loadAction(job.action);
    const own = action === null ? [] : secretNames(action.settings).map((key) => ['jobs', name, key]);
    secrets.push(...own);
    problems.push(...checkNames(job), ...checkSettings(job, action, raw, registry, own), ...checkNeeds(job, action));
  }
  return { jobs, problems, secrets };
}

function readJob(name: string, entries: Readonly<Record<string, unknown>>): JobConfig {
  const { action, schedule, timeout, ...settings } = entries;
  const isOff = schedule === 'off' || schedule === false;
  return {
    name,
    action: typeof action === 'string' ? action : name,
    schedule: isOff ? null : typeof schedule === 'string' ? schedule : undefined,
    timeout: typeof timeout === 'string' ? (parseDuration(timeout) ?? undefined) : undefined,
    settings,
  };
}

function checkNames(job: JobConfig): PlainProblem[] {
  const problems: PlainProblem[] = [];
  if (!jobName.test(job.name)) {
    const message = 'expected a job name of 1 to 64 letters, digits, dots, dashes and underlines';
    problems.push({ path: ['jobs', job.name], message: `${message}, got ${JSON.stringify(job.name)}` });
  }
  if (typeof job.schedule === 'string') {
    try {
      parseSchedule(job.schedule);
    } catch (error) {
      problems.push({ path: ['jobs', job.name, 'schedule'], message: messageOf(error) });
    }
  }
  return problems;
}

function checkSettings(
  job: JobConfig,
  action: Action | null,
  raw: unknown,
  registry: Registry,
  secrets: readonly ConfigPath[],
): PlainProblem[] {
  if (action === null) {
    const path = at(raw, ['jobs', job.name, 'action']) === undefined ? ['jobs', job.name] : ['jobs', job.name, 'action'];
    return [{ path, message: `there is no action "${job.action}"${didYouMean(job.action, registry.actionNames())}` }];
  }
  const checked = action.settings.safeParse(job.settings);
  if (checked.success) return [];
  const known = [...jobKeys, ...Object.keys(action.settings.shape)];
  const isSecret = (path: ConfigPath): boolean => secrets.some((one) => one.every((step, index) => step === path[index]));
  const knownAt = ({ length }: ConfigPath): readonly string[] => (length === 2 ? known : []);
  return problemsOf(checked.error.issues, raw, knownAt, { prefix: ['jobs', job.name], isSecret });
}

// By hand what it needs may come as a flag; cron has none to give.
function checkNeeds(job: JobConfig, action: Action | null): PlainProblem[] {
  const { needs = [] } = action ?? {};
  const isOff = job.schedule === null || (job.schedule === undefined && action?.schedule === null);
  const isGiven = (name: string): boolean => ![undefined, ''].includes(job.settings[name] as string | undefined);
  if (isOff || needs.length === 0 || needs.some(isGiven)) return [];
  const message = `expected ${needs.join(' or ')}, without which it cannot run; or "schedule: off"`;
  return [{ path: ['jobs', job.name], message }];
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
