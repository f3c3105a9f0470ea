import { defineAction, type Action, type ActionContext } from '../../src/core/action.ts';
import type { Host } from '../../src/core/host.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { settings } from '../../src/core/settings.ts';
import type { GeneralFlags } from '../../src/runner/command.ts';
import type { Config, JobConfig } from '../../src/runner/config/config.ts';
import { execute } from '../../src/runner/execute.ts';
import type { TestBlog } from '../helpers/blog.ts';
import { testConfig, testHost, testNowMs } from '../helpers/run.ts';
import { noFlags } from './stage.ts';

/** An action of a test: it fires each minute and does what it is told. */
export function actionThat(run: (context: ActionContext<object, 'db' | 'cache'>) => Promise<Outcome | void>): Action {
  const done: Outcome = { summary: 'done', counts: {} };
  return defineAction({
    summary: 'a test',
    details: 'It does what the test says.',
    examples: [{ command: 'blogctl test', meaning: 'test' }],
    schedule: '* * * * *',
    settings: settings({}),
    uses: ['db', 'cache'],
    timeout: '1m',
    run: async (context) => (await run(context)) ?? done,
  });
}

/** What a test may say of a run. */
export interface JobRun {
  readonly action: Action;
  readonly name?: string;
  /** Started by cron: it claims the minute of the clock. */
  readonly isScheduled?: boolean;
  readonly isSilent?: boolean;
  readonly minutesLater?: number;
  readonly timeoutMs?: number;
  readonly flags?: Partial<GeneralFlags>;
  readonly config?: Partial<Config>;
  readonly host?: Partial<Host>;
}

/** How a run ended for whoever called it. */
export interface JobEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a job as `blogctl run` does. */
export async function runJobOf(blog: Pick<TestBlog, 'url'>, wanted: JobRun): Promise<JobEnd> {
  const { action, name = 'test', isScheduled = false, isSilent = false, minutesLater = 0, timeoutMs } = wanted;
  const nowMs = testNowMs + minutesLater * 60_000;
  const clock = { nowMs: () => nowMs, elapsedMs: () => performance.now(), isFixed: false };
  const host = testHost({ clock, ...wanted.host });
  const timeout = timeoutMs === undefined ? undefined : { ms: timeoutMs, text: `${timeoutMs}ms` };
  const job: JobConfig = { name, action: 'test-action', schedule: undefined, timeout, settings: {} };
  const config = testConfig({ blog, ...(wanted.config === undefined ? {} : { config: wanted.config }) });
  const general = { ...noFlags, ...wanted.flags };
  const code = await execute({ config, job, action, given: {}, general, isScheduled, isSilent }, host);
  return { code, stdout: host.stdout(), stderr: host.stderr() };
}

/** What stands in blogctl's own table, oldest first; empty where there is none yet. */
export async function recordsOf(blog: TestBlog): Promise<Record<string, unknown>[]> {
  const dump = await blog.dump();
  if (dump['blogctl_run'] === undefined) return [];
  return blog.rows('select * from blogctl_run order by id');
}

/** Drops all of blogctl's own tables: the blog is as if blogctl had never run. */
export async function dropOwnTables(blog: TestBlog): Promise<void> {
  for (const table of await blog.tables()) if (table.startsWith('blogctl_')) await blog.rows(`drop table ${table}`);
}
