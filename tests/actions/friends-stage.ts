import type { TestBlog } from '../helpers/blog.ts';
import { startWebServer, type WebServer } from '../helpers/http-server.ts';

/** A friend or a site as a test wants it; the rest is as it usually is. */
export interface Listed {
  readonly id: number;
  readonly name?: string;
  readonly link: string;
  readonly isShown?: boolean | null;
  readonly isActive?: boolean;
  readonly reason?: string | null;
}

/** Puts friends in place of all there are. */
export async function setFriends(blog: TestBlog, friends: readonly Listed[]): Promise<void> {
  await blog.query.deleteFrom('blog_friendlink').execute();
  for (const { id, name = `friend-${id}`, link, isShown = true, isActive = true, reason = null } of friends) {
    await blog.query
      .insertInto('blog_friendlink')
      .values(({ lit }) => ({
        id,
        name,
        description: '',
        link,
        create_date: '2026-01-01 00:00:00',
        is_active: lit(isActive),
        is_show: lit(isShown ?? false),
        not_show_reason: reason,
        logo: '',
      }))
      .execute();
  }
}

/** Friends as they stand in the blog: shown or not, and why, by id. */
export async function friendsOf(
  blog: TestBlog,
): Promise<Record<number, readonly [isShown: boolean, reason: string | null]>> {
  const rows = await blog.query.selectFrom('blog_friendlink').selectAll().orderBy('id').execute();
  return Object.fromEntries(rows.map((row) => [row.id, [Boolean(row.is_show), row.not_show_reason] as const]));
}

/** What is known of each friend, without what the action keeps for itself. */
export async function checksOf(blog: TestBlog): Promise<Record<number, unknown>> {
  const rows = await blog.query.selectFrom('blogctl_check').selectAll().orderBy('target_id').execute();
  return Object.fromEntries(
    rows.map((row) => [row.target_id, { state: row.state, failures: row.failures, successes: row.successes }]),
  );
}

/** The time line of all friends, oldest first: `1 gone dead hidden`. */
export async function evidenceOf(blog: TestBlog): Promise<string[]> {
  const rows = await blog.query.selectFrom('blogctl_evidence').selectAll().orderBy('id').execute();
  return rows.map((row) => `${row.target_id} ${row.result} ${row.verdict} ${row.done ?? '-'}`);
}

/** Forgets what was seen and done. */
export async function forgetChecks(blog: TestBlog): Promise<void> {
  for (const table of ['blogctl_check', 'blogctl_evidence'] as const) {
    if ((await blog.tables()).includes(table)) await blog.query.deleteFrom(table).execute();
  }
}

/** A page with a good deal of text and what else is wanted. */
export function page(inner = ''): { body: string; headers: Record<string, string> } {
  const body = `<!doctype html><html><head><title>博客</title></head><body><p>${'文字'.repeat(80)}</p>${inner}</body></html>`;
  return { body, headers: { 'content-type': 'text/html; charset=utf-8' } };
}

/** A web with one living page, one that is gone, one that fails, one that blocks. */
export async function startFriendsWeb(): Promise<WebServer> {
  return startWebServer({
    '/alive': page(),
    '/linked': page('<a href="https://blog.example.test/">us</a>'),
    '/gone': { status: 404 },
    '/fails': { status: 502 },
    '/blocks': { status: 403 },
  });
}
