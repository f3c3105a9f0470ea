import { addPublication } from '../../src/blog/publications.ts';
import type { StateDatabase } from '../../src/core/database.ts';
import { ensureTables } from '../../src/runner/tables/ensure.ts';
import type { TestBlog } from './blog.ts';
import { open } from '../resources/database/open-all.ts';

/** The database of blogctl's own tables beside a blog, with the tables made. Gone after the test or hook. */
export async function stateOf(blog: TestBlog): Promise<StateDatabase> {
  const database = await open(blog.url);
  try {
    await ensureTables(database, database);
  } finally {
    await database.close();
  }
  return { dialect: blog.dialect, name: 'the test’s', query: blog.query, isReady: true };
}

/** All entries of a blog's table, by article: a test looks at them past our own code. */
export async function publicationsOf(blog: TestBlog): Promise<Record<string, unknown>[]> {
  const rows = await blog.query
    .selectFrom('blogctl_publication')
    .selectAll()
    .orderBy('article_id')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    articleId: row.article_id,
    waitingId: row.waiting_id,
    dueAt: row.due_at,
    status: row.status,
    claimedBy: row.claimed_by,
    hookAttempts: row.hook_attempts,
    endedAt: row.ended_at,
    note: row.note,
  }));
}

/** Plans articles of a blog, as `blogctl schedule publish` does. */
export async function plan(
  blog: TestBlog,
  articleIds: readonly number[],
  dueAtMs: number,
  site = 'test-blog',
): Promise<void> {
  const state = await stateOf(blog);
  for (const articleId of articleIds) {
    await addPublication(state, { site, articleId, dueAtMs, nowMs: dueAtMs - 3_600_000, claimedBy: null });
  }
}

/** Forgets all plans. */
export async function forgetPublications(blog: TestBlog): Promise<void> {
  await (await stateOf(blog)).query.deleteFrom('blogctl_publication').execute();
}
