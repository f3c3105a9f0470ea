import { expect, test } from 'vitest';
import checkSites from '../../src/actions/check-sites.ts';
import { describeBlog, dialects, emptyBlog, type TestBlog } from '../helpers/blog.ts';
import { runAction, testNowMs } from '../helpers/run.ts';
import { page, startFriendsWeb, type Listed } from './friends-stage.ts';

async function addSites(blog: TestBlog, sites: readonly Listed[]): Promise<void> {
  const dates = { create_date: '2026-01-01 00:00:00', update_date: '2026-01-01 00:00:00' };
  const menu = { id: 1, name: 'm', icon: '', sort_order: 1, ...dates };
  await blog.query.insertInto('webstack_firstmenu').values(menu).execute();
  await blog.query
    .insertInto('webstack_secondmenu')
    .values({ ...menu, father_id: 1 })
    .execute();
  for (const { id, name = `site-${id}`, link, isShown = true, reason = null } of sites) {
    await blog.query
      .insertInto('webstack_navigationsite')
      .values(({ lit }) => ({
        id,
        name,
        description: '',
        link,
        sort_order: 1,
        ...dates,
        logo: '',
        menu_id: 1,
        is_show: isShown === null ? null : lit(isShown),
        not_show_reason: reason,
      }))
      .execute();
  }
}

for (const dialect of dialects) {
  describeBlog(dialect, `check-sites on ${dialect}`, () => {
    test('hides and shows the sites of the navigation page, and never those without a truth value', async () => {
      const blog = await emptyBlog(dialect);
      const web = await startFriendsWeb();
      web.answer({ '/feed': { body: '<rss>' }, '/gone-home': { status: 404 }, '/teapot': { ...page(), status: 206 } });
      await addSites(blog, [
        { id: 1, link: `${web.url}/alive` },
        { id: 2, link: `${web.url}/gone-home` },
        { id: 3, link: `${web.url}/gone?never`, isShown: null },
        { id: 4, link: `${web.url}/teapot`, isShown: false, reason: '网页请求返回500' },
        { id: 5, link: `${web.url}/alive?5`, isShown: false, reason: null },
        { id: 6, link: `${web.url}/blocks` },
      ]);
      const settings = { failAfter: 2, failOver: '12h' };

      const first = await runAction(checkSites, { blog, settings });
      const dry = await runAction(checkSites, { blog, settings, dryRun: true, nowMs: testNowMs + 43_200_000 });
      const second = await runAction(checkSites, { blog, settings, nowMs: testNowMs + 43_200_000 });
      const rows = await blog.query.selectFrom('webstack_navigationsite').selectAll().orderBy('id').execute();
      await web.stop();
      await blog.close();

      expect(first.counts).toMatchObject({ checked: 4, suspect: 1, shown: 1, blocked: 1, byHand: 1 });
      expect(second.counts).toMatchObject({ hidden: 1 });
      expect([dry.counts, dry.changes, dry.findings]).toEqual([second.counts, second.changes, second.findings]);
      expect(rows.map((row) => [row.is_show === null ? null : Boolean(row.is_show), row.not_show_reason])).toEqual([
        [true, null],
        [false, '网页请求返回404，自2026-03-18起'],
        [null, null],
        [true, ''],
        [false, null],
        [true, null],
      ]);
      // Friends may live by their feeds; a page that is gone is no place to navigate to.
      expect(web.requests.map(({ path }) => path)).not.toContain('/feed');
    });
  });
}
