import { expect, test } from 'vitest';
import { countExpired, deleteExpired, expiredKeys, type Expired } from '../../src/blog/expired.ts';
import { expiredSessions } from '../../src/blog/sessions.ts';
import { oldResults } from '../../src/blog/task-results.ts';
import { openDatabase } from '../../src/resources/database/open.ts';
import { keysOf } from '../actions/changed-rows.ts';
import { describeBlog, dialects, emptyBlog, type TestBlog } from '../helpers/blog.ts';
import { blogZone } from '../helpers/host.ts';
import { addResults, addSessions } from '../helpers/old-rows.ts';

const now = '2026-03-18 14:05:09';
const nothing = (): void => undefined;

async function open(blog: TestBlog) {
  return openDatabase({ url: blog.url, folder: '/', readOnly: false, zone: blogZone });
}

async function pagesOf(blog: TestBlog, expired: Expired, size: number): Promise<string[][]> {
  const database = await open(blog);
  const pages: string[][] = [];
  for await (const keys of expiredKeys(database, expired, size)) {
    pages.push(keys.map(String));
    await deleteExpired(database, expired, keys, { begun: nothing });
  }
  await database.close();
  return pages;
}

for (const dialect of dialects) {
  describeBlog(dialect, `expired rows on ${dialect}`, () => {
    test.each([1, 2, 3, 7, 100])('are found along their dates in pages of %d, each once', async (size) => {
      const blog = await emptyBlog(dialect);
      const dates = ['2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-02 00:00:00.5'];
      await addSessions(blog, [...dates, ...dates, '2027-01-01 00:00:00']);

      const pages = await pagesOf(blog, expiredSessions(now), size);
      const left = await keysOf(blog, 'django_session');
      await blog.close();

      expect(pages.flat().sort()).toEqual(['key-1', 'key-2', 'key-3', 'key-4', 'key-5', 'key-6', 'key-7', 'key-8']);
      expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(size);
      expect(left).toEqual(['key-9']);
    });

    test('that were renewed between the looking and the deleting stay', async () => {
      const blog = await emptyBlog(dialect);
      await addSessions(blog, ['2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-01 00:00:00']);
      const database = await open(blog);
      await blog.rows("update django_session set expire_date = '2026-04-01 00:00:00' where session_key = 'key-2'");
      await blog.rows("delete from django_session where session_key = 'key-3'");
      const kept: unknown[] = [];

      const deleted = await deleteExpired(database, expiredSessions(now), ['key-1', 'key-2', 'key-3'], {
        begun: nothing,
        keep: async ([own]) => void kept.push(own?.rows.map((row) => row['session_key'])),
      });
      const left = await keysOf(blog, 'django_session');
      await database.close();
      await blog.close();

      expect([...deleted]).toEqual([['django_session', 1]]);
      expect(kept).toEqual([['key-1']]);
      expect(left).toEqual(['key-2']);
    });

    test('that cannot be kept first are not deleted', async () => {
      const blog = await emptyBlog(dialect);
      await addSessions(blog, ['2026-01-01 00:00:00']);
      const database = await open(blog);

      const keep = (): Promise<void> => Promise.reject(new Error('the disk is full'));
      const deleting = deleteExpired(database, expiredSessions(now), ['key-1'], { begun: nothing, keep });

      await expect(deleting).rejects.toThrow('the disk is full');
      expect(await keysOf(blog, 'django_session')).toEqual(['key-1']);
      await database.close();
      await blog.close();
    });

    test('are counted along the index of their dates, not of their states', async () => {
      const blog = await emptyBlog(dialect);
      await addResults(blog, [{ done: '2026-01-01 00:00:00' }, { done: '2026-01-01 00:00:00', status: 'STARTED' }]);
      const database = await open(blog);

      const counts = await countExpired(database, oldResults(now, { in: ['SUCCESS'] }));
      const all = await countExpired(database, oldResults(now, { notIn: [] }));
      await database.close();
      await blog.close();

      expect([...counts, ...all].map(([, rows]) => rows)).toEqual([1, 2]);
    });
  });
}

describeBlog('sqlite', 'rows that do not go, whatever is done', () => {
  test.each([1, 2, 3, 5])('end the walk in pages of %d all the same', async (size) => {
    const blog = await emptyBlog('sqlite');
    await addSessions(blog, [
      '2026-01-01 00:00:00',
      '2026-01-01 00:00:00',
      '2026-01-01 00:00:00',
      '2026-01-02 00:00:00',
    ]);
    await blog.rows('create trigger stay before delete on django_session begin select raise(ignore); end');

    const pages = await pagesOf(blog, expiredSessions(now), size);
    const left = await keysOf(blog, 'django_session');
    await blog.close();

    expect(pages.flat()).toContain('key-4');
    expect(left).toHaveLength(4);
  });
});
