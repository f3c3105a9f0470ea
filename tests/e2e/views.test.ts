import { describe, expect, test } from 'vitest';
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import type { ViewReport } from '../../src/runner/views/report.ts';
import { betweenTicks, openSite, type Site } from './site.ts';

const env = betweenTicks;
const views = (site: Site, ...words: string[]) => site.blogctl(['views', ...words], { env });
const report = (site: Site, ...words: string[]) => site.json<ViewReport>(['views', ...words], { env });

describe('blogctl views', () => {
  test('ranks the articles and pages of yesterday and shows its hours, with bars', async () => {
    const site = await openSite();

    const { code, stdout, stderr } = await views(site);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\d+ views on 2026-03-17 \(Asia\/Shanghai\): \d+ of articles, \d+ of pages\n\nviews {2}/);
    expect(stdout).toMatch(/^ {1,4}\d+ {2}█{20} {2}\S.*\d+$/m);
    expect(stdout).toMatch(/^23 +\d+ +\d+/m);
  });

  test('has the same numbers for a machine, and for a spreadsheet', async () => {
    const site = await openSite();

    const week = await report(site, '7d', '--limit', '3');
    const { stdout: csv } = await views(site, '7d', '--limit', '3', '--csv');

    expect(week).toMatchObject({ from: '2026-03-11', to: '2026-03-17', isEstimated: false, covered: null });
    expect([week.articles.length, week.pages.length, week.hours.length]).toEqual([3, 3, 24]);
    const [first] = week.articles;
    expect(csv).toMatch(/^kind,key,slug,title,views,estimated\r\n/);
    expect(csv).toContain(`article,${first?.key},${first?.slug},`);
    expect(csv.split('\r\n')).toHaveLength(1 + 3 + 3 + 2 * 24 + 1);
  });

  test('estimates a day in which nobody counted, and says so', async () => {
    const site = await openSite();

    const missing = await report(site, '2026-02-13');
    const { stdout } = await views(site, '2026-02-13', '--articles');

    expect(missing).toMatchObject({ isEstimated: true, covered: null });
    expect(stdout).toMatch(/^~\d+ views on 2026-02-13/);
    expect(stdout).toContain('~ estimated: an even share of a longer time in which nobody counted');
  });

  test('says which days are covered where it began to count later', async () => {
    const site = await openSite();

    const { stdout } = await views(site, '60d', '--pages');

    expect(stdout).toContain('counted only from 2026-02-08 to 2026-03-17');
  });

  test('ranks any hours that count-views has kept', async () => {
    const site = await openSite();
    const morning = ['--since', '2026-03-18 14:00', '--until', '2026-03-18 15:00'];

    const before = await views(site, ...morning);
    await site.blogctl(['count-views'], { env });
    const after = await report(site, ...morning);

    expect(before).toMatchObject({ code: 1, stdout: '' });
    expect(before.stderr).toContain('count-views has kept no views of this time');
    expect(after.total).toBeGreaterThan(0);
    expect(after).toMatchObject({ from: '2026-03-18 14:00', to: '2026-03-18 15:00', hours: [] });
  });

  test('shows titles of strangers without control characters, and deleted articles', async () => {
    const site = await openSite();
    const [first, second] = (await report(site)).articles;
    const file = new Sqlite(join(site.folder, 'blog.db'));
    file.pragma('foreign_keys = off');
    file.prepare('update blog_article set title = ? where id = ?').run('危险\u001b[2J\r标题', first?.key);
    file.prepare('delete from blog_article where id = ?').run(second?.key);
    file.close();

    const { stdout } = await views(site, '--articles');

    expect(stdout).toContain('危险[2J标题');
    expect(stdout).toContain('(deleted)');
  });

  test.each([
    [['soon'], /^blogctl: the period: expected today, yesterday, .* got "soon"$/m],
    [['0d'], /got "0d"/],
    [['2026-02-30'], /got "2026-02-30"/],
    [['2027-01-01'], /2027-01-01 is still to come; it is 2026-03-18 now/],
    [['--limit', '0'], /--limit: expected a whole number from 1 to 99999, got "0"/],
    [['--until', '2026-03-18'], /--until: expected --since beside it/],
    [['--since', 'dawn'], /--since: expected a day or a whole hour such as "2026-03-18 08:00", got "dawn"/],
    [['--since', '2026-03-18', '--until', '2026-03-17'], /--until: expected a time after --since/],
    [['7d', '--since', '2026-03-18'], /--since and the period "7d": one of the two/],
  ])('refuses %j in one sentence', async (words, sentence) => {
    const site = await openSite();

    const { code, stdout, stderr } = await views(site, ...words);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
  });

  test('is CSV or JSON, not both', async () => {
    const site = await openSite();

    const { code, stdout } = await views(site, '--csv', '--json');

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { message: '--csv and --json: one of the two' } });
  });

  test('counts no view less for an article that was deleted', async () => {
    const site = await openSite();
    await site.blogctl(['count-views'], { env });
    const before = await report(site, 'today');
    const file = new Sqlite(join(site.folder, 'blog.db'));
    file.pragma('foreign_keys = off');
    file.exec('delete from blog_article where views = (select max(views) from blog_article)');
    file.close();
    await site.blogctl(['count-views'], { env: { BLOGCTL_NOW: '2026-03-18T15:57:00+08:00' } });

    const after = await report(site, 'today');

    expect(after.articleViews).toBeGreaterThan(before.articleViews - 100);
    expect(after.articleViews).toBeLessThanOrEqual(before.articleViews);
    expect(after.hours.filter(({ articles }) => articles !== '-' && articles < 0)).toEqual([]);
  });

  test('says which hours were counted where more were asked for', async () => {
    const site = await openSite();
    await site.blogctl(['count-views'], { env });

    const { covered } = await report(site, '--since', '2026-03-17', '--until', '2026-03-18 15:00');

    expect(covered).toEqual({ from: '2026-03-18 14:00', to: '2026-03-18 15:00' });
  });

  test('names the table that a blog of another kind lacks', async () => {
    const site = await openSite();
    const file = new Sqlite(join(site.folder, 'blog.db'));
    file.exec('drop table blog_articleview');
    file.close();

    const { code, stderr } = await views(site);

    expect(code).toBe(1);
    expect(stderr).toContain('the table blog_articleview is missing in SQLite file');
  });

  test('says so on a blog whose views nobody counted', async () => {
    const site = await openSite();
    const file = new Sqlite(join(site.folder, 'blog.db'));
    file.exec('delete from blog_articleview');
    file.close();

    const { code, stderr } = await views(site);

    expect(code).toBe(1);
    expect(stderr).toContain('nobody counted the views of 2026-03-17');
  });
});
