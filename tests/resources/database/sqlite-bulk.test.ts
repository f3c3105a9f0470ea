import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../src/resources/database/open.ts';
import { temporaryFolder } from '../../helpers/servers/temporary-folder.ts';

async function openFile(journal: string) {
  const folder = await temporaryFolder('bulk');
  const path = join(folder.path, 'blog.db');
  writeFileSync(path, '');
  const other = new Sqlite(path);
  other.pragma(`journal_mode = ${journal}`);
  other.exec('create table rows (text)');
  const database = await openDatabase({ url: `sqlite:${path}`, folder: '/', readOnly: false, zone: 'UTC' });
  onTestFinished(async () => {
    other.close();
    await database.close();
    await folder.remove();
  });
  const add = (kilobytes: number): Promise<unknown> =>
    database.bulk.inBatch((transaction) =>
      sql`insert into rows select randomblob(1024) from json_each(${JSON.stringify(Array(kilobytes).fill(0))})`.execute(
        transaction,
      ),
    );
  const logBytes = (): number => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return { database, other, add, logBytes };
}

test('the log of a file that others write, too, is cut before it grows large', async () => {
  const { database, other, add, logBytes } = await openFile('wal');
  const peaks: number[] = [];

  for (let batch = 0; batch < 60; batch++) {
    await add(400);
    other.exec("insert into rows values ('theirs')");
    peaks.push(logBytes());
    await database.bulk.betweenBatches();
  }

  expect(Math.max(...peaks)).toBeLessThan(6_000_000);
  expect(other.prepare('select count(*) as n from rows').get()).toEqual({ n: 60 * 401 });
});

test('a reader that stays keeps nobody waiting for the log, and the log is cut when it has gone', async () => {
  const { database, other, add, logBytes } = await openFile('wal');
  other.exec('begin; select * from rows');

  for (let batch = 0; batch < 20; batch++) {
    await add(400);
    await database.bulk.betweenBatches();
  }
  const withReader = logBytes();
  other.exec('commit');
  await database.bulk.betweenBatches();
  const without = logBytes();

  expect(withReader).toBeGreaterThan(4_000_000);
  expect(without).toBe(0);
});

test('a file without a write-ahead log needs none of that', async () => {
  const { database, add, logBytes } = await openFile('delete');

  await add(2000);
  await database.bulk.betweenBatches();

  expect(logBytes()).toBe(0);
});

test('tells whether somebody else has written since', async () => {
  const { database, other, add } = await openFile('wal');
  const told: boolean[] = [];
  const ask = async (): Promise<void> => void told.push((await database.bulk.betweenBatches()).isBusy);

  await add(1);
  await ask();
  other.exec("insert into rows values ('theirs')");
  await ask();
  other.prepare('select * from rows').all();
  await ask();

  expect(told).toEqual([false, true, false]);
});
