import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { demoBlog, describeBlog, useBlog } from '../helpers/blog.ts';
import type { CliResult } from '../helpers/cli.ts';
import { describeWithServer } from '../helpers/servers/availability.ts';
import { freePort } from '../helpers/servers/free-port.ts';
import { useMariadb, usePostgres, useRedis } from '../helpers/servers/use.ts';
import { openSite } from './site.ts';

/** A failure as it must be: told, without a stack, nothing on stdout. */
function expectFailure(result: CliResult | undefined, ...said: readonly string[]): void {
  expect(result).toMatchObject({ code: 1, stdout: '' });
  for (const text of said) expect(result?.stderr).toContain(text);
  expect(result?.stderr).not.toMatch(/\n\s+at .+:\d+/);
  expect(result?.stderr).not.toContain('bug in blogctl');
}

async function failing(database: string, cache?: string): Promise<CliResult> {
  const site = await openSite({ database, ...(cache === undefined ? {} : { cache }) });
  return site.blogctl(['warm-cache']);
}

describe('SQLite', () => {
  test('a file that is not there is not made', async () => {
    const site = await openSite({ database: 'sqlite:nowhere.db' });

    for (const args of [['warm-cache'], ['warm-cache', '--dry-run'], ['history'], ['run', 'warm-cache']]) {
      expectFailure(await site.blogctl(args), `there is no SQLite file ${site.folder}/nowhere.db`);
    }
    expectFailure(await site.blogctl(['warm-cache']), 'blogctl never makes a new, empty one');
  });

  test('a file that is none, a folder and an empty database are told apart', async () => {
    const site = await openSite({ database: 'sqlite:blog.db' });
    const path = join(site.folder, 'blog.db');

    writeFileSync(path, 'this is a text and no database, however long it may be. '.repeat(40));
    const text = await site.blogctl(['warm-cache']);
    writeFileSync(path, '');
    const empty = await site.blogctl(['warm-cache', '--dry-run']);
    const folder = await failing(`sqlite:${site.home}`);

    expectFailure(text, `${path} is not an SQLite database`);
    expectFailure(empty, 'the table blog_article is missing', "one of the blog's own, which Django's migrations make");
    expectFailure(folder, `${site.home} is a folder, not an SQLite file`);
  });

  test('a database whose write lock somebody keeps is told, and not waited for without end', async () => {
    const [fresh, used] = [await openSite(), await openSite()];
    await used.blogctl(['warm-cache']);
    const others = [fresh, used].map(({ folder }) => new Sqlite(join(folder, 'blog.db')));
    for (const other of others) other.exec('begin immediate');

    const [first, later] = await Promise.all([fresh, used].map((site) => site.blogctl(['warm-cache'])));
    for (const other of others) other.close();

    expectFailure(first, "blogctl's own tables could not be made", 'Somebody else holds a lock for too long.');
    expectFailure(later, 'somebody else holds the write lock for too long', 'Try again later.');
  });
});

describe('a server that is down', () => {
  test.each([
    { scheme: 'mysql', kind: 'MySQL' },
    { scheme: 'postgres', kind: 'PostgreSQL' },
  ])('is told for $kind with its address', async ({ scheme, kind }) => {
    const port = await freePort();

    const result = await failing(`${scheme}://blog:pw@127.0.0.1:${port}/izone`);

    expectFailure(result, `${kind} at 127.0.0.1:${port}: could not connect`, 'nothing listens there');
  });

  test('is told for Redis, and the run is recorded as failed', async () => {
    const port = await freePort();
    const site = await openSite({ cache: `redis://127.0.0.1:${port}/0` });

    const result = await site.blogctl(['warm-cache']);

    expectFailure(result, `cannot connect to redis 127.0.0.1:${port}/0 as user "default": connection refused`);
    expect(await site.runs()).toMatchObject([{ status: 'failed', error: { kind: 'upstream' } }]);
  });
});

describeWithServer('mariadb', 'MariaDB', () => {
  const database = useMariadb();

  test('a wrong password, an unknown user and a missing database each say which step failed', async () => {
    const { port, user } = database().server;
    const good = database().url;
    const password = await failing(`mysql://${user}:wrong@127.0.0.1:${port}/${database().name}`);
    const stranger = await failing(`mysql://stranger@127.0.0.1:${port}/${database().name}`);
    const missing = await failing(good.replace(database().name, 'no_such_database'));

    const server = `MySQL at 127.0.0.1:${port}`;
    expectFailure(password, `${server}: could not log in as "${user}": the password was refused`);
    expectFailure(stranger, `${server}: could not log in as "stranger": no password was given`);
    expectFailure(missing, `${server}: could not open the database "no_such_database"`, 'there is no such database');
  });

  test('a database without the blog says which table is missing, and whose', async () => {
    const result = await failing(database().url);

    expectFailure(result, 'the table blog_article is missing in MySQL database', "one of the blog's own");
    expect(result.stderr).toContain(` as ${database().server.user}`);
  });
});

describeWithServer('postgres', 'PostgreSQL', () => {
  const database = usePostgres();

  test('a wrong password and a missing database each say which step failed', async () => {
    const { port, user } = database().server;
    const password = await failing(`postgres://${user}:wrong@127.0.0.1:${port}/${database().name}`);
    const missing = await failing(database().url.replace(database().name, 'no_such_database'));

    const server = `PostgreSQL at 127.0.0.1:${port}`;
    expectFailure(password, `${server}: could not log in as "${user}": the password was refused`);
    expectFailure(missing, `${server}: could not open the database "no_such_database"`, 'there is no such database');
  });

  test('a database without the blog says which table is missing, and whose', async () => {
    expectFailure(await failing(database().url), 'the table blog_article is missing in PostgreSQL database');
  });
});

describeBlog(
  'sqlite',
  'Redis',
  () => {
    const blog = useBlog(() => demoBlog('sqlite'));
    const redis = useRedis({ password: 'right' });
    const at = (login: string): string => `redis://${login}127.0.0.1:${redis().port}/0`;

    test('without its password, and with a wrong one, says so', async () => {
      const none = await failing(blog().url, at(''));
      const wrong = await failing(blog().url, at(':mistaken@'));

      expectFailure(none, 'the server asks for a password, and none is configured');
      expectFailure(wrong, 'cannot authenticate to redis', 'wrong user name or password');
    });

    test('as a read-only replica says so', async () => {
      const client = new Redis(redis().url);
      await client.call('REPLICAOF', '127.0.0.1', '9');
      const result = await failing(blog().url, redis().url);
      await client.call('REPLICAOF', 'NO', 'ONE');
      await client.quit();

      expectFailure(result, 'the server is a read-only replica', 'Name its master as the cache.');
    });
  },
  ['redis'],
);
