import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dialect, OpenDatabase } from '../../../src/core/database.ts';
import { describeBlog, dialects, emptyBlog, useBlog } from '../../helpers/blog.ts';
import { open } from './open-all.ts';

const dateType: Record<Dialect, string> = {
  sqlite: 'datetime',
  mysql: 'datetime(6)',
  postgres: 'timestamp with time zone',
};

for (const dialect of dialects) {
  describeBlog(dialect, `values in ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));
    let database: OpenDatabase;

    beforeAll(async () => {
      await blog().rows(`create table sample (id integer primary key, moment ${dateType[dialect]}, day date)`);
      await blog().rows('create table large (id bigint primary key)');
      database = await open(blog().url);
    });
    afterAll(() => database.close());

    /** Everything that comes back for one expression. */
    async function ask(expression: ReturnType<typeof sql>): Promise<unknown> {
      const { rows } = await sql<{ value: unknown }>`select ${expression} as ${sql.id('value')}`.execute(
        database.query,
      );
      return rows[0]?.value;
    }

    test.each(['中文😀', 'é́ ', '👨‍👩‍👧', 'it\'s \\ "quoted" % _ ?', '\u2028\ufeff', ''])(
      'gives back the text %j as it was',
      async (text) => {
        const row = { name: '名', slug: 'text', description: text };
        await database.query.deleteFrom('blog_tag').execute();
        await database.query.insertInto('blog_tag').values(row).execute();

        const found = await database.query.selectFrom('blog_tag').select('description').executeTakeFirst();

        expect(found?.description).toBe(text);
      },
    );

    test.each([
      '2026-03-18 14:05:09.050081',
      '2026-03-18 14:05:09.000001',
      '2026-03-18 14:05:09.999999',
      '2026-03-18 14:05:09',
      '2026-01-01 00:00:00',
      '1999-12-31 23:59:59.500000',
    ])(
      'gives back the moment %s as text, exact to the microsecond, whatever the zone of the process',
      async (moment) => {
        await sql`delete from sample`.execute(database.query);
        await sql`insert into sample (id, moment) values (1, ${moment})`.execute(database.query);

        const { rows } = await sql<{ moment: string }>`select moment from sample`.execute(database.query);

        // PostgreSQL adds the offset and leaves zeros out, MySQL adds zeros.
        const naive = (text: string): string =>
          text
            .replace(/\+08$/, '')
            .replace(/(\.\d*?)0*$/, '$1')
            .replace(/\.$/, '');
        expect(typeof rows[0]?.moment).toBe('string');
        expect(naive(rows[0]?.moment ?? '')).toBe(naive(moment));
      },
    );

    test('gives a date without a time back as text', async () => {
      await sql`delete from sample`.execute(database.query);
      await sql`insert into sample (id, day) values (1, ${'2026-03-18'})`.execute(database.query);

      const { rows } = await sql`select day from sample`.execute(database.query);

      expect(rows).toEqual([{ day: '2026-03-18' }]);
    });

    test.each(['9007199254740993', '-9007199254740993', '9223372036854775807'])(
      'does not round %s, which no number holds',
      async (digits) => {
        await sql`delete from large`.execute(database.query);
        await sql`insert into large values (${sql.raw(digits)})`.execute(database.query);

        const { rows } = await sql<{ id: unknown }>`select id from large`.execute(database.query);

        expect(rows).toEqual([{ id: digits }]);
      },
    );

    test.each([0, 1, -1, 41, 2_147_483_648, Number.MAX_SAFE_INTEGER])('gives %d back as a number', async (value) => {
      await sql`delete from large`.execute(database.query);
      await sql`insert into large values (${value})`.execute(database.query);

      const { rows } = await sql<{ id: unknown }>`select id from large`.execute(database.query);

      expect(rows).toEqual([{ id: value }]);
    });

    test('counts in numbers, and tells how many rows a statement met', async () => {
      await database.query.deleteFrom('blog_tag').execute();
      for (const slug of ['a', 'b', 'c']) {
        await database.query.insertInto('blog_tag').values({ name: slug, slug, description: '' }).execute();
      }

      const updated = await database.query.updateTable('blog_tag').set({ description: 'x' }).executeTakeFirst();
      const deleted = await database.query.deleteFrom('blog_tag').where('slug', '<>', 'a').executeTakeFirst();

      expect(await ask(sql`(select count(*) from blog_tag)`)).toBe(1);
      expect(Number(updated.numUpdatedRows)).toBe(3);
      expect(Number(deleted.numDeletedRows)).toBe(2);
    });

    test('knows true from false and from unknown', async () => {
      const menu = {
        name: 'm',
        icon: '',
        sort_order: 1,
        create_date: '2026-03-18 14:05:09',
        update_date: '2026-03-18 14:05:09',
      };
      await database.query
        .insertInto('webstack_firstmenu')
        .values({ id: 1, ...menu })
        .execute();
      await database.query
        .insertInto('webstack_secondmenu')
        .values({ id: 1, father_id: 1, ...menu })
        .execute();
      const { icon: _, ...dates } = menu;
      const site = { ...dates, description: '', link: '', logo: '', menu_id: 1, not_show_reason: null };
      for (const [id, shown] of [sql<boolean>`true`, sql<boolean>`false`, sql<null>`null`].entries()) {
        await database.query
          .insertInto('webstack_navigationsite')
          .values({ id: id + 1, ...site, is_show: shown as never })
          .execute();
      }

      const rows = await database.query.selectFrom('webstack_navigationsite').select('is_show').orderBy('id').execute();

      expect(rows.map(({ is_show }) => (is_show === null ? null : Boolean(is_show)))).toEqual([true, false, null]);
    });
  });
}
