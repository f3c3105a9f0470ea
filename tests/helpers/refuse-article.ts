import type { Dialect } from '../../src/core/database.ts';
import type { TestBlog } from './blog.ts';

/** Lets the database refuse to change an article. Returns what lifts that again. */
export async function refuseArticle(blog: TestBlog, id: number): Promise<() => Promise<unknown>> {
  const on = 'create trigger refusing before update on blog_article for each row';
  const statements: Record<Dialect, readonly string[]> = {
    sqlite: [`${on} when old.id = ${id} begin select raise(abort, 'not this one'); end`],
    mysql: [`${on} if old.id = ${id} then signal sqlstate '45000' set message_text = 'not this one'; end if`],
    postgres: [
      "create function refuse() returns trigger as $$ begin raise exception 'not this one'; end $$ language plpgsql",
      `${on} when (old.id = ${id}) execute function refuse()`,
    ],
  };
  for (const statement of statements[blog.dialect]) await blog.rows(statement);
  return () => blog.rows(`drop trigger refusing${blog.dialect === 'postgres' ? ' on blog_article' : ''}`);
}
