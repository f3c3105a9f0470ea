import type { Action } from '../../src/core/action.ts';
import type { BlogSettings } from '../../src/core/blog.ts';
import type { Host } from '../../src/core/host.ts';
import type { RunReport } from '../../src/core/outcome.ts';
import type { HttpSettings } from '../../src/core/http.ts';
import { createRedactor } from '../../src/core/redact.ts';
import { secretsIn } from '../../src/core/settings.ts';
import type { Config, JobConfig } from '../../src/runner/config/config.ts';
import { openConsole } from '../../src/runner/console.ts';
import { mergeSettings, timeoutOf } from '../../src/runner/plan-run.ts';
import { runJob } from '../../src/runner/run-job.ts';
import { blogZone, testHost, testNowMs } from './host.ts';

export { testHost, testNowMs } from './host.ts';

/** What a test may say of a run; the rest is as a user has it who configured nothing. */
export interface RunOptions {
  readonly blog: { readonly url: string };
  /** The cache's address. */
  readonly cache?: string;
  /** As they stand in a configuration: `{ expiry: '1h' }`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The job's name, and the name of its lock. */
  readonly job?: string;
  readonly dryRun?: boolean;
  readonly verbose?: boolean;
  readonly nowMs?: number;
  /** What the configuration says of the blog itself. */
  readonly about?: Partial<BlogSettings>;
  readonly config?: Partial<Config>;
  readonly host?: Partial<Host>;
}

/** A run's report, and what else a test may look at. */
export interface TestRun extends RunReport {
  /** What the run ended with where it did not succeed, with its stack and cause. */
  readonly thrown: unknown;
  /** What it wrote on standard error. */
  readonly stderr: string;
}

/** Runs an action as the program does, from lock to record; only the command line is left out. */
export async function runAction(action: Action, options: RunOptions): Promise<TestRun> {
  const { job: name = 'test-job', dryRun = false, verbose = false, nowMs = testNowMs } = options;
  const host = testHost({ nowMs, ...options.host });
  const config = testConfig(options);
  const job: JobConfig = { name, action: name, schedule: undefined, timeout: undefined, settings: {} };
  const general = { config: undefined, dryRun, json: false, quiet: false, verbose, exitCode: false };
  const redactor = createRedactor();
  redactor.add(config.secrets);
  const console = await openConsole(host, general, redactor);
  const settings = mergeSettings(job, action, options.settings ?? {});
  redactor.add(secretsIn(action.settings, settings));
  const timeoutMs = timeoutOf(job, action);
  const plan = { config, job, action, settings, timeoutMs, dryRun, startedBy: 'hand', tick: null } as const;
  const { report, error } = await runJob(plan, host, console, redactor);
  return { ...report, thrown: error, stderr: host.stderr() };
}

/** How a test's requests go. */
export const testHttp: HttpSettings = {
  // The tests' web is on this machine.
  allowPrivate: ['127.0.0.0/8'],
  canaries: [],
  concurrency: 32,
  perHost: 4,
  // They all share one host, and need not be spared.
  spacing: { ms: 0, text: '0s' },
  timeout: { ms: 20_000, text: '20s' },
  connectTimeout: { ms: 10_000, text: '10s' },
  answerTimeout: { ms: 15_000, text: '15s' },
};

/** A configuration with nothing in it but the blog's database and cache. */
export function testConfig({ blog, cache = 'django-db:django_cache', about, config }: RunOptions): Config {
  return {
    path: null,
    folder: '/',
    database: blog.url,
    cache,
    blog: {
      name: 'test-blog',
      url: null,
      protocol: 'https',
      timezone: blogZone,
      useTz: false,
      siteId: 2,
      markdown: { preset: 'izone' },
      ...about,
    },
    state: { database: null, keepRuns: { ms: 90 * 86_400_000, text: '90d' } },
    http: testHttp,
    notify: { webhooks: [], failedJobs: true },
    jobs: new Map(),
    secrets: [],
    environmentNames: [],
    warnings: [],
    ...config,
  };
}
