import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UpstreamError } from '../../../src/core/errors.ts';
import { explainQueryError } from '../../../src/resources/database/query-error.ts';
import { isRoot } from '../../helpers/servers/programs.ts';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/servers/temporary-folder.ts';
import { open, rejection } from './open-all.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A user without rights loads nothing from a checkout in a folder of root's own. */
const hidden = isRoot() && !isReadableByAll(root);

function isReadableByAll(folder: string): boolean {
  if ((statSync(folder).mode & 0o005) !== 0o005) return false;
  return folder === '/' || isReadableByAll(path.dirname(folder));
}

describe('an SQLite file', () => {
  let folder: TemporaryFolder;
  let file: string;

  beforeAll(async () => {
    folder = await temporaryFolder('sqlite');
  });
  afterAll(() => folder.remove());
  beforeEach(() => {
    file = path.join(folder.path, `${readdirSync(folder.path).length}.db`);
  });

  function make(journal: 'delete' | 'wal' = 'delete'): Sqlite.Database {
    const made = new Sqlite(file, { timeout: 0 });
    made.pragma(`journal_mode = ${journal}`);
    made.exec('create table counter (n integer); insert into counter values (0)');
    return made;
  }

  test.each([true, false])('that is missing is an error, and stays missing (read-only: %s)', async (readOnly) => {
    const error = await rejection(open(`sqlite:${file}`, { readOnly }));

    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toBe(`there is no SQLite file ${file}`);
    expect(error).toMatchObject({ hint: expect.stringContaining('never makes a new, empty one') as string });
    expect(existsSync(file)).toBe(false);
  });

  test('in a folder that is missing, or that is a file, is missing', async () => {
    writeFileSync(file, '');

    for (const inside of ['/nonexistent/blog.db', path.join(file, 'blog.db')]) {
      expect((await rejection(open(`sqlite:${inside}`))).message).toBe(`there is no SQLite file ${inside}`);
    }
  });

  test('is meant from the folder of the configuration', async () => {
    make().close();

    const database = await open(`sqlite:${path.basename(file)}`, { folder: folder.path });

    expect(database.name).toBe(`SQLite file ${file}`);
    await database.close();
  });

  test('that is a folder', async () => {
    mkdirSync(file);

    expect((await rejection(open(`sqlite:${file}`))).message).toBe(`${file} is a folder, not an SQLite file`);
  });

  test.each(['# my notes\n'.repeat(100), 'short', 'SQLite format 3\0 and then nonsense'.repeat(50)])(
    'that holds something else is no database, and is left as it is',
    async (text) => {
      writeFileSync(file, text);

      const error = await rejection(open(`sqlite:${file}`));

      expect(error).toBeInstanceOf(UpstreamError);
      expect(error.message).toContain(`${file} is not an SQLite database`);
      expect(readdirSync(folder.path).filter((name) => name.startsWith(path.basename(file)))).toHaveLength(1);
    },
  );

  test.skipIf(hidden)('that this user may not read says so', async () => {
    make().close();
    chmodSync(file, 0o000);
    if (isRoot()) await chown(folder.path, 65_534, 65_534);

    const message = await messageAsNobody(file);

    expect(message).toBe(
      `UpstreamError the SQLite file ${file} cannot be opened: this user may not read it or write its folder\n`,
    );
  });

  test.skipIf(hidden)('that this user may only read can be read, and a write says what is wrong', async () => {
    make().close();
    chmodSync(file, 0o444);

    const message = await messageAsNobody(file, 'insert into counter values (1)');

    expect(message).toBe(`UpstreamError SQLite file ${file}: it may not be written by this user\n`);
  });

  test('is locked for writing as soon as a transaction begins', async () => {
    const outside = make();
    const database = await open(`sqlite:${file}`);

    await database.query.transaction().execute(async (transaction) => {
      // Before the first statement: one that began deferred would hold nothing yet.
      expect(() => outside.exec('begin immediate')).toThrow(/locked/);
      await sql`update counter set n = n + 1`.execute(transaction);
    });

    outside.exec('update counter set n = n + 10');
    expect(outside.prepare('select n from counter').pluck().get()).toBe(11);
    outside.close();
    await database.close();
  });

  test('lets a transaction write after it has read, whoever else wants to write meanwhile', async () => {
    const outside = make('wal');
    const database = await open(`sqlite:${file}`);

    const reading = database.query.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ n: number }>`select n from counter`.execute(transaction);
      // Of a transaction that begins deferred this would make SQLITE_BUSY_SNAPSHOT.
      expect(() => outside.exec('update counter set n = 100')).toThrow(/locked/);
      await sql`update counter set n = ${(rows[0]?.n ?? 0) + 1}`.execute(transaction);
    });

    await expect(reading).resolves.toBeUndefined();
    expect(outside.prepare('select n from counter').pluck().get()).toBe(1);
    outside.close();
    await database.close();
  });

  test('leaves nothing of a transaction that failed', async () => {
    const outside = make();
    const database = await open(`sqlite:${file}`);

    const failing = database.query.transaction().execute(async (transaction) => {
      await sql`update counter set n = 5`.execute(transaction);
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(outside.prepare('select n from counter').pluck().get()).toBe(0);
    outside.exec('update counter set n = 1');
    outside.close();
    await database.close();
  });

  test('waits for somebody else for ten seconds, and then says who keeps it from writing', async () => {
    const outside = make();
    const database = await open(`sqlite:${file}`);
    const { rows } = await sql<{ timeout: number }>`pragma busy_timeout`.execute(database.query);
    await sql`pragma busy_timeout = 20`.execute(database.query);
    outside.exec('begin immediate');

    const error = explainQueryError(
      await rejection(sql`update counter set n = 1`.execute(database.query)),
      database.name,
    );

    expect(rows).toEqual([{ timeout: 10_000 }]);
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error?.message).toBe(`SQLite file ${file}: somebody else holds the write lock for too long`);
    outside.close();
    await database.close();
  });

  /** Opens the file as a user without rights, in a process of its own; says how that failed. */
  async function messageAsNobody(path: string, statement = 'select 1'): Promise<string> {
    const script = `
      import { sql } from 'kysely';
      import { openDatabase } from './src/resources/database/open.ts';
      import { explainQueryError } from './src/resources/database/query-error.ts';
      await import('./src/resources/database/sqlite.ts');
      if (process.getuid() === 0) process.setuid(65534);
      try {
        const database = await openDatabase({ url: ${JSON.stringify(`sqlite:${path}`)}, folder: '/', readOnly: false, zone: 'UTC' });
        await sql.raw(${JSON.stringify(statement)}).execute(database.query).catch((error) => {
          throw explainQueryError(error, database.name);
        });
        console.log('opened');
      } catch (error) {
        console.log(error.constructor.name, error.message);
      }`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 30_000 });
    return stdout;
  }
});
