import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dialect } from '../../src/core/database.ts';
import { createBlogSchema } from '../../src/demo/schema.ts';
import { openDatabase } from '../../src/resources/database/open.ts';
import type { DatabaseAccess } from '../../tests/helpers/servers/database-access.ts';
import { startMariadb } from '../../tests/helpers/servers/mariadb.ts';
import { startPostgres } from '../../tests/helpers/servers/postgres.ts';
import { findPostgresProgram, findProgram } from '../../tests/helpers/servers/programs.ts';
import { openSql } from './sql.ts';

/** Where blogs can be made for the measurements. */
export interface Place {
  readonly dialect: Dialect;
  readonly name: string;
  /** A blog with so many sessions, five of six of them over; returns its address. */
  readonly newBlog: (sessions: number) => Promise<string>;
  readonly close: () => Promise<void>;
}

// MariaDB's own defaults; the server of the tests has less.
const usualSizes = ['--innodb-buffer-pool-size=128M', '--innodb-log-file-size=96M'];

/** Opens the place of a dialect, or says why there is none on this machine. */
export async function openPlace(dialect: Dialect): Promise<Place | string> {
  if (dialect === 'sqlite') return sqlitePlace();
  if (dialect === 'mysql') {
    if (findProgram('mariadbd') === null) return 'mariadbd is not installed';
    return serverPlace('mysql', 'MariaDB', await startMariadb(usualSizes));
  }
  if (findPostgresProgram('postgres') === null) return 'postgres is not installed';
  return serverPlace('postgres', 'PostgreSQL', await startPostgres());
}

function sqlitePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'blogctl-bench-'));
  let number = 0;
  return {
    dialect: 'sqlite',
    name: 'SQLite',
    newBlog: async (sessions) => {
      const url = `sqlite:${join(folder, `blog-${++number}.db`)}`;
      // Makes the file.
      await (await openSql(url)).run('pragma user_version = 1');
      await fill('sqlite', url, sessions);
      return url;
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

function serverPlace(
  dialect: 'mysql' | 'postgres',
  name: string,
  server: DatabaseAccess & { stop(): Promise<void> },
): Place {
  let number = 0;
  let last: string | null = null;
  return {
    dialect,
    name,
    newBlog: async (sessions) => {
      if (last !== null) await server.dropDatabase(last);
      last = `blog_${++number}`;
      await server.createDatabase(last);
      await fill(dialect, server.url(last), sessions);
      return server.url(last);
    },
    close: () => server.stop(),
  };
}

async function fill(dialect: Dialect, url: string, sessions: number): Promise<void> {
  const blog = await openDatabase({ url, folder: '/', readOnly: false, zone: 'Asia/Shanghai' });
  await createBlogSchema(blog.query, dialect);
  await blog.close();
  const database = await openSql(url);
  for (const statement of statements(dialect, sessions)) await database.run(statement);
  await database.close();
}

// Keys without an order, data of about 190 characters, ends that have nothing to do with the keys: over two years
// before 2026-03-18, and for every sixth session years after it.
function statements(dialect: Dialect, sessions: number): string[] {
  const columns = 'insert into django_session (session_key, session_data, expire_date)';
  if (dialect === 'sqlite') {
    return [
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sessions})
       ${columns} select lower(hex(randomblob(16))), '.eJ' || lower(hex(randomblob(93))),
         datetime('2026-03-17', (case when i % 6 = 0 then '+' else '-' end) || abs(random() % 63072000) || ' seconds')
         || '.' || substr('000000' || abs(random() % 1000000), -6) from n`,
      'pragma wal_checkpoint(truncate)',
    ];
  }
  if (dialect === 'mysql') {
    return [
      `${columns} select session_key, session_data, expire_date from (
         select md5(seq) as session_key, concat('.eJ', repeat(md5(seq + 1), 6)) as session_data,
           date_add('2026-03-17', interval (if(seq % 6 = 0, 1, -1) * floor(1 + rand() * 63072000)) second) as expire_date
         from seq_1_to_${sessions}) as made order by session_key`,
      'analyze table django_session',
    ];
  }
  return [
    `${columns} select md5(i::text), '.eJ' || repeat(md5((i + 1)::text), 6),
       timestamp '2026-03-17' + (case when i % 6 = 0 then 1 else -1 end) * random() * interval '730 days'
     from generate_series(1, ${sessions}) as made(i)`,
    'vacuum (analyze) django_session',
  ];
}
