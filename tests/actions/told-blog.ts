import { afterAll, beforeAll, beforeEach } from 'vitest';
import checkHosts from '../../src/actions/check-hosts.ts';
import type { Dialect } from '../../src/core/database.ts';
import type { NotifySettings } from '../../src/core/notify.ts';
import { alive, report } from '../helpers/hosts.ts';
import { emptyBlog, useBlog, type TestBlog } from '../helpers/blog.ts';
import { startMailServer, type MailServer } from '../helpers/mail-server.ts';
import { runAction, testNowMs, type RunOptions, type TestRun } from '../helpers/run.ts';
import { dropOwnTables } from '../runner/job.ts';

/** A blog whose owner is told by a real mail server. */
export interface ToldBlog {
  readonly blog: () => TestBlog;
  readonly server: () => MailServer;
  /** The owner's `notify` section. */
  readonly notify: () => NotifySettings;
  /** Runs check-hosts so many minutes after `testNowMs`; a host named `alive` has reported just before. */
  readonly check: (minute?: number, more?: Partial<RunOptions>) => Promise<TestRun>;
  /** What the owner got since it was last asked: subject and lines of each mail. */
  readonly mails: () => readonly { readonly subject: string; readonly lines: readonly string[] }[];
}

/** Gives the suite such a blog, empty of hosts and without blogctl's own tables before each test. */
export function useToldBlog(dialect: Dialect, make: () => Promise<TestBlog> = () => emptyBlog(dialect)): ToldBlog {
  const blog = useBlog(make);
  let started: MailServer | undefined;
  const server = (): MailServer => {
    if (started === undefined) throw new Error('the mail server has not been started');
    return started;
  };
  beforeAll(async () => {
    started = await startMailServer();
  });
  afterAll(() => started?.stop());
  beforeEach(async () => {
    server().clear();
    await dropOwnTables(blog());
  });
  const notify = (): NotifySettings => ({
    mail: { from: 'robot@blog.example.test', to: ['owner@example.test'], smtp: `smtp://127.0.0.1:${server().port}` },
    webhooks: [],
    failedJobs: true,
  });
  return {
    blog,
    server,
    notify,
    check: async (minute = 0, more = {}) => {
      await reportNow(blog(), minute);
      return runAction(checkHosts, {
        blog: blog(),
        job: 'check-hosts',
        nowMs: testNowMs + minute * 60_000,
        ...more,
        config: { notify: notify(), ...more.config },
      });
    },
    mails: () => {
      const got = server().mails.map(({ email }) => ({
        subject: email.subject ?? '',
        lines: (email.text ?? '').trimEnd().split('\n'),
      }));
      server().clear();
      return got;
    },
  };
}

async function reportNow(blog: TestBlog, minute: number): Promise<void> {
  const [row] = await blog.query
    .selectFrom('monitor_monitorserver')
    .select('id')
    .where('name', '=', alive.name)
    .execute();
  if (row !== undefined) await report(blog, row.id, minute);
}
