import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lock, OpenDatabase } from '../../../src/core/database.ts';
import { describeBlog, dialects, emptyBlog, useBlog, type TestBlog } from '../../helpers/blog.ts';
import { open } from './open-all.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

for (const dialect of dialects) {
  describeBlog(dialect, `a lock in ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));
    const other = useBlog(() => emptyBlog(dialect));
    let first: OpenDatabase;
    let second: OpenDatabase;

    beforeEach(async () => {
      first = await open(blog().url);
      second = await open(blog().url);
    });
    afterEach(async () => {
      await first.close();
      await second.close();
    });

    test('is held by one, and then by the next', async () => {
      const held = await first.tryLock('warm-cache');

      expect(held).not.toBeNull();
      expect(await second.tryLock('warm-cache')).toBeNull();
      await held?.release();
      const next = await second.tryLock('warm-cache');
      expect(next).not.toBeNull();
      expect(await first.tryLock('warm-cache')).toBeNull();
      await next?.release();
    });

    test('is held by one of many who ask at the same time', async () => {
      const several = await Promise.all(Array.from({ length: 8 }, () => open(blog().url)));

      const locks = await Promise.all(several.map((database) => database.tryLock('warm-cache')));

      expect(locks.filter((lock) => lock !== null)).toHaveLength(1);
      for (const lock of locks) await lock?.release();
      for (const database of several) await database.close();
    });

    test('belongs to its name', async () => {
      const held = await first.tryLock('warm-cache');

      const another = await second.tryLock('clean-sessions');

      expect(another).not.toBeNull();
      await held?.release();
      await another?.release();
    });

    test('belongs to its database', async () => {
      const held = await first.tryLock('warm-cache');
      const elsewhere = await open(other().url);

      const same = await elsewhere.tryLock('warm-cache');

      expect(same).not.toBeNull();
      await same?.release();
      await elsewhere.close();
      await held?.release();
    });

    test('leaves the database free for work, by everyone', async () => {
      const held = await first.tryLock('warm-cache');

      for (const database of [first, second]) {
        await database.query.insertInto('blog_keyword').values({ name: 'x' }).execute();
      }

      expect((await blog().query.selectFrom('blog_keyword').selectAll().execute()).length).toBeGreaterThanOrEqual(2);
      await held?.release();
    });

    test('may be given back twice, and is gone with its database', async () => {
      const held = await first.tryLock('warm-cache');
      await held?.release();
      await held?.release();
      await first.tryLock('warm-cache');

      await first.close();

      const next = await second.tryLock('warm-cache');
      expect(next).not.toBeNull();
      await next?.release();
    });

    test('is gone with its process, however it dies', async () => {
      const holder = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script(blog().url)], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(holder.stdout, 'data');
      expect(await first.tryLock('warm-cache')).toBeNull();

      holder.kill('SIGKILL');
      await once(holder, 'close');

      const next = await soon(() => first.tryLock('warm-cache'));
      expect(next).not.toBeNull();
      await next?.release();
    });
  });
}

describeBlog('postgres', 'a lock whose connection PostgreSQL ends', () => {
  const blog = useBlog(() => emptyBlog('postgres'));

  test('is no end of the process, and can be given back', async () => {
    await keepsGoing(blog(), "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
  });
});

describeBlog('mysql', 'a lock whose connection MariaDB ends', () => {
  const blog = useBlog(() => emptyBlog('mysql'));

  test('is no end of the process, and can be given back', async () => {
    const holder =
      "select concat('kill ', id) as statement from information_schema.processlist where db = database() and id <> connection_id()";
    await keepsGoing(blog(), null, holder);
  });
});

describeBlog('sqlite', 'the lock file beside an SQLite file', () => {
  const blog = useBlog(() => emptyBlog('sqlite'));

  test('is the same for another way to the same file', async () => {
    const file = blog().url.slice('sqlite:'.length);
    const link = path.join(path.dirname(file), 'link.db');
    if (!existsSync(link)) symlinkSync(file, link);
    const [straight, roundabout] = [await open(blog().url), await open(`sqlite:${link}`)];
    const held = await straight.tryLock('warm-cache');

    expect(await roundabout.tryLock('warm-cache')).toBeNull();

    await held?.release();
    await straight.close();
    await roundabout.close();
  });

  test('says which file cannot be used', async () => {
    const database = await open(blog().url);

    await expect(database.tryLock('no/such/folder')).rejects.toThrow(
      /^the lock file .*no\/such\/folder.lock cannot be used: /,
    );

    await database.close();
  });

  test('leaves no journal behind', async () => {
    const database = await open(blog().url);
    const held = await database.tryLock('warm-cache');

    expect(
      readdirSync(path.dirname(blog().url.slice('sqlite:'.length))).filter((name) => name.includes('journal')),
    ).toEqual([]);

    await held?.release();
    await database.close();
  });
});

/** Ends the connection that holds the lock; an event that nobody listens to would fail the run of the tests. */
async function keepsGoing(blog: TestBlog, kill: string | null, killer = ''): Promise<void> {
  const database = await open(blog.url);
  const held = await database.tryLock('warm-cache');
  const statements = kill === null ? await blog.rows<{ statement: string }>(killer) : [{ statement: kill }];
  for (const { statement } of statements) await blog.rows(statement);
  // The driver hears of it on its socket.
  await new Promise((resolve) => setTimeout(resolve, 500));

  const next = await database.tryLock('warm-cache');

  expect(next).not.toBeNull();
  await held?.release();
  await next?.release();
  await database.close();
}

function script(url: string): string {
  return `
    import { openDatabase } from './src/resources/database/open.ts';
    const database = await openDatabase({ url: ${JSON.stringify(url)}, folder: '/', readOnly: false, zone: 'UTC' });
    const lock = await database.tryLock('warm-cache');
    console.log(lock === null ? 'refused' : 'held');
    setInterval(() => undefined, 1000);`;
}

/** A server learns of the death from the end of the connection: at once, but not before we can ask. */
async function soon(take: () => Promise<Lock | null>): Promise<Lock | null> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const lock = await take();
    if (lock !== null) return lock;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}
