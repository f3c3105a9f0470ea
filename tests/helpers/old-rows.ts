import type { Insertable } from 'kysely';
import type { CeleryTaskresultTable } from '../../src/blog/tables.ts';
import type { TestBlog } from './blog.ts';

/** Adds sessions that end at these moments, in the database's form; the keys are `key-1`, `key-2` … */
export async function addSessions(blog: TestBlog, ends: readonly string[], prefix = 'key'): Promise<void> {
  const rows = ends.map((end, index) => ({
    session_key: `${prefix}-${index + 1}`,
    session_data: `数据 ${index}`,
    expire_date: end,
  }));
  for (let at = 0; at < rows.length; at += 1000) {
    await blog.query
      .insertInto('django_session')
      .values(rows.slice(at, at + 1000))
      .execute();
  }
}

/** Adds results of tasks with ids from 1 on. */
export async function addResults(blog: TestBlog, results: readonly { status?: string; done: string }[]): Promise<void> {
  const rows = results.map(({ status = 'SUCCESS', done }, index): Insertable<CeleryTaskresultTable> => ({
    id: index + 1,
    task_id: `task-${index + 1}`,
    status,
    content_type: 'application/json',
    content_encoding: 'utf-8',
    result: '{"消息": "好"}',
    date_done: done,
    traceback: null,
    meta: null,
    task_args: null,
    task_kwargs: null,
    task_name: 'easytask.tasks.update_cache',
    worker: null,
    date_created: done,
    periodic_task_name: null,
  }));
  await blog.query.insertInto('django_celery_results_taskresult').values(rows).execute();
}

/** A message of the blog to its users. */
interface Message {
  readonly date: string;
  readonly isRead?: boolean;
  /** How many of the demo blog's users it went to. */
  readonly receivers?: number;
}

/** Adds messages of the blog with ids from `firstId` on, and their receivers. */
export async function addMessages(blog: TestBlog, messages: readonly Message[], firstId = 1000): Promise<void> {
  const truth = (is: boolean): boolean | number => (blog.dialect === 'postgres' ? is : Number(is));
  for (const [index, { date, isRead = true, receivers = 0 }] of messages.entries()) {
    const id = firstId + index;
    const row = { id, create_date: date, is_read: truth(isRead), title: '通知', content: '<p>你好 🎉</p>' };
    await blog.query.insertInto('comment_systemnotification').values(row).execute();
    for (let user = 1; user <= receivers; user++) {
      const receiver = { id: id * 10 + user, systemnotification_id: id, ouser_id: user };
      await blog.query.insertInto('comment_systemnotification_get_p').values(receiver).execute();
    }
  }
}
