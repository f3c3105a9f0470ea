import { afterAll, beforeAll, beforeEach } from 'vitest';
import { addArticles, removeArticles } from '../../helpers/articles.ts';
import { emptyBlog, useBlog } from '../../helpers/blog.ts';
import { openDesk, type Desk } from '../../helpers/desk.ts';
import { forgetPublications } from '../../helpers/publications.ts';

/** A blog of an article and two drafts for which nothing is planned, made anew for each test, and a desk at it. */
export function usePlannedBlog(dialect: Parameters<typeof emptyBlog>[0]) {
  const blog = useBlog(() => emptyBlog(dialect));
  let desk: Desk;
  const config = (jobs = '{ publish-due: {} }', more = ''): string =>
    `blog: { name: test-blog }\ndatabase: ${blog().url}\njobs: ${jobs}\n${more}`;
  beforeAll(async () => {
    desk = await openDesk(config());
  });
  afterAll(() => desk.close());

  beforeEach(async () => {
    await removeArticles(blog());
    await forgetPublications(blog());
    await addArticles(blog(), [
      { id: 1, slug: 'out', createDate: '2026-03-01 10:00:00' },
      { id: 2, slug: 'draft', isPublished: false },
      { id: 3, slug: '草稿', isPublished: false },
    ]);
    const title = `数据库\u001b[31m 备份\n二`;
    await blog().query.updateTable('blog_article').set({ title }).where('id', '=', 3).execute();
  });

  return { blog, config, desk: () => desk };
}
