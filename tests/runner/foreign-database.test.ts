import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { describeBlog, dialects, emptyBlog, useBlog } from '../helpers/blog.ts';
import { actionThat, recordsOf, runJobOf } from './job.ts';

for (const dialect of dialects) {
  describeBlog(dialect, `a database on ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));

    test('that is no blog’s gets no tables of ours, and the run says what is missing', async () => {
      await sql`alter table blog_article rename to blog_article_gone`.execute(blog().query);
      const before = await blog().tables();

      const { code, stderr } = await runJobOf(blog(), { action: actionThat(async () => undefined) });

      await sql`alter table blog_article_gone rename to blog_article`.execute(blog().query);
      expect(code).toBe(1);
      expect(stderr).toContain('the table blog_article is missing');
      expect(before).not.toContain('blogctl_run');
      expect(await blog().tables()).not.toContain('blogctl_run');
    });

    test('whose record table refuses a row that is nobody’s claim fails the run, and does not pass for done', async () => {
      const action = actionThat(async () => undefined);
      await runJobOf(blog(), { action });
      await sql`create unique index blogctl_one_site on blogctl_run (site)`.execute(blog().query);

      const { code, stderr } = await runJobOf(blog(), { action });

      expect(code).toBe(1);
      expect(stderr).toContain('blogctl: test failed: ');
      expect(await recordsOf(blog())).toHaveLength(1);
    });
  });
}
