import { beforeEach, describe, expect, test } from 'vitest';
import countViews from '../../src/actions/count-views.ts';
import { migrationNames, newestMigration } from '../../src/runner/tables/names.ts';
import { tablesAsSql } from '../../src/runner/tables/as-sql.ts';
import { describeBlog, dialects, emptyBlog, useBlog, type TestBlog } from '../helpers/blog.ts';
import { runAction } from '../helpers/run.ts';
import { open } from '../resources/database/open-all.ts';
import { ensureTables, isUpToDate } from '../../src/runner/tables/ensure.ts';
import { dropOwnTables } from './job.ts';

const at = '2026-03-18T06:05:09.000Z';

const run = {
  action: 'a',
  started_by: 'cron',
  tick: at,
  status: 'succeeded',
  started_at: at,
  host: 'h',
  pid: 1,
} as const;
const alert = { began_at: at, failures: 1, times_told: 1, told_at: at };
const check = {
  kind: 'friend',
  target_id: 1,
  link: 'l',
  state: 'ok',
  failures: 0,
  successes: 0,
  checked_at: at,
} as const;
const engine = { engine: 'baidu', origin: 'o', failures: 0, settings: 's' } as const;

test('the newest migration is the last of the list, and the list is in order', () => {
  expect(newestMigration).toBe(migrationNames.at(-1));
  expect([...migrationNames].toSorted()).toEqual([...migrationNames]);
});

for (const dialect of dialects) {
  describeBlog(dialect, `blogctl's own tables on ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));
    beforeEach(() => dropOwnTables(blog()));

    async function asMadeBy(make: () => Promise<void>): Promise<unknown> {
      await dropOwnTables(blog());
      await make();
      return columnsOf(blog());
    }

    async function runSql(applied: readonly string[]): Promise<void> {
      for (const statement of await tablesAsSql(dialect, applied, at, null)) await blog().rows(statement);
    }

    async function runByItself(): Promise<void> {
      const database = await open(blog().url);
      await ensureTables(database, database);
      await database.close();
    }

    test('are the same whether made by the printed SQL or by the first run', async () => {
      const bySql = await asMadeBy(() => runSql([]));
      const byItself = await asMadeBy(runByItself);

      expect(bySql).toEqual(byItself);
      expect(JSON.stringify(bySql)).toContain('blogctl_view_hour');
    });

    test('are taken for made where somebody has run the printed SQL', async () => {
      await runSql([]);
      const database = await open(blog().url);

      const isReady = await isUpToDate(database);
      await database.close();
      const run = await runAction(countViews, { blog: blog(), job: 'count-views' });

      expect([isReady, run.status]).toEqual([true, 'succeeded']);
    });

    test('know blogs and jobs by their exact names: those that differ in capitals or accents alone are others', async () => {
      await runByItself();
      const names = ['Dump', 'dump', 'dümp'];
      const rows = names.flatMap((site) => names.map((job) => ({ ...run, site, job })));

      await blog().query.insertInto('blogctl_run').values(rows).execute();
      const alerts = rows.map(({ site, job }) => ({ ...alert, site, job }));
      await blog().query.insertInto('blogctl_alert').values(alerts).execute();
      const checks = names.map((site) => ({ ...check, site }));
      await blog().query.insertInto('blogctl_check').values(checks).execute();
      const engines = names.map((site) => ({ ...engine, site }));
      await blog().query.insertInto('blogctl_push_engine').values(engines).execute();
      const found = await blog()
        .query.selectFrom('blogctl_run')
        .select(['site', 'job'])
        .where('site', '=', 'dump')
        .execute();

      expect(found.map(({ job }) => job).toSorted()).toEqual(names.toSorted());
    });

    test('are completed, and nothing else touched, where an older version has made some', async () => {
      const [first] = migrationNames;
      const statements = await tablesAsSql(dialect, [], at, null);
      const end = statements.findIndex((statement) => statement.includes(`'${first}'`));
      for (const statement of statements.slice(0, end + 1)) await blog().rows(statement);
      await blog().rows(
        'insert into blogctl_run (id, site, job, action, started_by, status, started_at, host, pid)' +
          " values (1, 's', 'j', 'a', 'hand', 'succeeded', '2026-01-01', 'h', 1)",
      );

      await runSql([first]);

      expect(await blog().rows('select id, site from blogctl_run')).toEqual([{ id: 1, site: 's' }]);
      expect(await blog().tables()).toContain('blogctl_publication');
    });

    test('come to know jobs by their exact names where an older version did not', async () => {
      const statements = await tablesAsSql(dialect, [], at, null);
      const end = statements.findIndex((statement) => statement.includes("'0003_views'"));
      for (const statement of statements.slice(0, end + 1)) await blog().rows(statement);
      const add = (id: number, job: string): Promise<unknown> =>
        blog().rows(
          'insert into blogctl_run (id, site, job, action, started_by, tick, status, started_at, host, pid)' +
            ` values (${id}, 's', '${job}', 'a', 'cron', '2026-01-01', 'succeeded', '2026-01-01', 'h', 1)`,
        );
      await add(1, 'dump');

      await runByItself();
      await add(2, 'Dump');

      expect(await blog().rows("select id from blogctl_run where job = 'dump'")).toEqual([{ id: 1 }]);
    });
  });
}

describe('the SQL for PostgreSQL', () => {
  test('gives the rights to the account that blogctl uses', async () => {
    const statements = await tablesAsSql('postgres', [], at, 'blog"er');

    expect(statements).toContain('grant select, insert, update, delete on blogctl_run to "blog""er";');
    expect(statements).toContain('grant usage on sequence blogctl_run_id_seq to "blog""er";');
  });
});

async function columnsOf(blog: TestBlog): Promise<unknown> {
  if (blog.dialect === 'sqlite') {
    return blog.rows("select name, sql from sqlite_master where name like 'blogctl%' order by name");
  }
  const schema = blog.dialect === 'mysql' ? 'database()' : "'public'";
  return blog.rows(
    'select table_name as t, column_name as c, data_type as d, is_nullable as n from information_schema.columns' +
      ` where table_schema = ${schema} and table_name like 'blogctl%' order by table_name, column_name`,
  );
}
