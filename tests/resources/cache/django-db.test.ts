import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Cache, type CacheValue, Tuple } from '../../../src/core/cache.ts';
import type { OpenDatabase } from '../../../src/core/database.ts';
import { BlogctlError, FailedError, UpstreamError } from '../../../src/core/errors.ts';
import { type DjangoDbCacheOptions, openDjangoDbCache } from '../../../src/resources/cache/django-db.ts';
import { createDjangoCacheTableSql } from '../../../src/resources/cache/django-table.ts';
import { openDatabase } from '../../../src/resources/database/open.ts';
import { describeWithServer } from '../../helpers/servers/availability.ts';
import { temporaryFolder, type TemporaryFolder } from '../../helpers/servers/temporary-folder.ts';
import { useMariadb, usePostgres } from '../../helpers/servers/use.ts';
import { base64, insertRow, textOf, rowsOf } from './django-rows.ts';
import { keysOf } from './keys.ts';

const zone = 'Asia/Shanghai';
const table = 'django_cache';
const startMs = Date.UTC(2026, 2, 18, 14, 5, 9);

describe('in SQLite', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder('cache');
    // Zero bytes are an empty database.
    await writeFile(path.join(folder.path, 'blog.db'), '');
  });
  afterAll(() => folder.remove());

  djangoDbSuite(() => `sqlite:${path.join(folder.path, 'blog.db')}`);
});

describeWithServer('mariadb', 'in MariaDB', () => {
  const database = useMariadb();
  djangoDbSuite(() => database().url);
});

describeWithServer('postgres', 'in PostgreSQL', () => {
  const database = usePostgres();
  djangoDbSuite(() => database().url);
});

function djangoDbSuite(url: () => string): void {
  let database: OpenDatabase;
  let nowMs: number;
  let cache: Cache;

  beforeAll(async () => {
    database = await openDatabase({ url: url(), folder: '/', readOnly: false, zone });
    for (const statement of createDjangoCacheTableSql(database.dialect, table)) {
      await sql.raw(statement).execute(database.query);
    }
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    nowMs = startMs;
    await sql`delete from django_cache`.execute(database.query);
    cache = open();
  });

  function open(changes: Partial<DjangoDbCacheOptions> = {}): Cache {
    return openDjangoDbCache({
      db: database.query,
      dialect: database.dialect,
      databaseName: database.name,
      table,
      readOnly: false,
      now: () => textOf(nowMs),
      expiresAt: (seconds) => textOf(nowMs + seconds * 1000),
      secondsUntil: (expires) => (Date.parse(`${expires.replace(' ', 'T')}Z`) - nowMs) / 1000,
      ...changes,
    });
  }

  test.each<[string, CacheValue]>([
    ['an article', new Tuple('<p>中文\0</p>', '\ud800')],
    ['totals', new Map([['article', 36]])],
    ['an int', 42],
    ['None', null],
    ['5 MB', 'x'.repeat(5_000_000)],
  ])('gives back %s', async (_, value) => {
    await cache.set('key', value, 100);

    expect(await cache.get('key')).toEqual({ value, secondsLeft: 100 });
  });

  test('stores as Django does: the base64 of a pickle on one line, ints too, expiry to the second', async () => {
    const article = new Tuple('x'.repeat(500), '');
    await cache.set('article:markdown:1', article, 86_400);
    await cache.set('count', 42, 60);

    expect(await rowsOf(database.query)).toEqual([
      { cache_key: ':1:article:markdown:1', value: base64(article), expires: '2026-03-19 14:05:09' },
      { cache_key: ':1:count', value: base64(42), expires: '2026-03-18 14:06:09' },
    ]);
  });

  test('replaces what was there', async () => {
    await cache.set('key', 'old', 100);
    await cache.set('key', 'new', 200);

    expect(await cache.get('key')).toEqual({ value: 'new', secondsLeft: 200 });
    expect(await rowsOf(database.query)).toHaveLength(1);
  });

  test('knows an entry up to the second before its expiry, and then no longer, as Django', async () => {
    await cache.set('key', 1, 100);

    nowMs += 99_000;
    expect(await cache.present(['key'])).toEqual(new Set(['key']));
    expect(await cache.get('key')).toEqual({ value: 1, secondsLeft: 1 });
    nowMs += 1000;
    expect(await cache.present(['key'])).toEqual(new Set());
    expect(await cache.get('key')).toBeNull();
  });

  test('reads an expiry that carries a fraction', async () => {
    await insertRow(database.query, ':1:key', base64(1), '2026-03-18 14:05:10.000000');
    await insertRow(database.query, ':1:gone', base64(1), '2026-03-18 14:05:09.000000');

    expect(await cache.present(['key', 'gone'])).toEqual(new Set(['key']));
    expect(await cache.get('key')).toEqual({ value: 1, secondsLeft: 1 });
    expect(await cache.get('gone')).toBeNull();
  });

  test('reads an entry that never expires', async () => {
    await insertRow(database.query, ':1:key', base64(1), '9999-12-31 23:59:59');

    expect(await cache.get('key')).toEqual({ value: 1, secondsLeft: null });
  });

  test('tells which of many keys are there', async () => {
    const keys = Array.from({ length: 1100 }, (_, index) => `key:${index}`);
    for (const key of keys.slice(0, 600)) await cache.set(key, 1, 100);

    expect(await cache.present(keys)).toEqual(new Set(keys.slice(0, 600)));
    expect(await cache.present([])).toEqual(new Set());
    expect(await cache.remove([...keys, 'key:0', 'missing'])).toBe(600);
    expect(await cache.remove([])).toBe(0);
  });

  test('lists all keys with a prefix, page by page, expired ones too', async () => {
    const keys = Array.from({ length: 2100 }, (_, index) => `article:${index}`);
    await sql`insert into django_cache (cache_key, ${sql.id('value')}, expires) values ${sql.join(
      [...keys, 'article', 'articles', 'b', 'a'].map((key) => sql`(${`:1:${key}`}, ${''}, ${'2026-01-01 00:00:00'})`),
    )}`.execute(database.query);

    const listed = await keysOf(cache, 'article:');

    expect([...listed].sort()).toEqual([...keys].sort());
  });

  test.each([
    ['a%', ['a%b']],
    ['a_', ['a_b']],
    ['a!', ['a!b']],
    ['a\\', ['a\\b']],
    ['A', ['Ab']],
    ["a'", ["a'b"]],
    ['文', ['文章']],
    ['z', []],
  ])('takes the prefix %s literally', async (prefix, expected) => {
    for (const key of ['a%b', 'a_b', 'a!b', 'a\\b', "a'b", 'axb', '文章']) await cache.set(key, 1, 100);
    await cache.set('Ab', 1, 100);

    expect(await keysOf(cache, prefix)).toEqual(expected);
  });

  test('keeps keys apart that differ in case, or in a space at the end', async () => {
    await cache.set('key', 'lower', 100);

    expect(await cache.present(['KEY', 'key '])).toEqual(new Set());
    expect(await cache.get('KEY')).toBeNull();
    expect(await cache.get('key ')).toBeNull();
    expect(await cache.remove(['KEY', 'key '])).toBe(0);
    await cache.set('KEY', 'upper', 100);
    expect((await cache.get('KEY'))?.value).toBe('upper');
    expect(await cache.remove(['KEY'])).toBe(1);
  });

  test('keeps to its own prefix and version', async () => {
    const other = open({ prefix: 'blog', version: 2 });
    await other.set('key', 1, 100);

    expect(await cache.present(['key'])).toEqual(new Set());
    expect(await keysOf(other, '')).toEqual(['key']);
    expect((await rowsOf(database.query))[0]?.cache_key).toBe('blog:2:key');
  });

  test('refuses a value that is no plain data, and says of which key', async () => {
    await insertRow(
      database.query,
      ':1:hot',
      Buffer.from("cos\nsystem\n(S'true'\ntR.").toString('base64'),
      '2027-01-01 00:00:00',
    );

    const reading = cache.get('hot');

    await expect(reading).rejects.toThrow(FailedError);
    await expect(reading).rejects.toThrow(/cannot read the cache key "hot" in table django_cache: .*os\.system/);
  });

  test('sends no write in a dry run, and calls it a bug', async () => {
    await cache.set('key', 1, 100);
    const readOnly = open({ readOnly: true });

    await expect(readOnly.set('key', 2, 100)).rejects.toThrow('read-only in a dry run');
    await expect(readOnly.remove(['key'])).rejects.not.toBeInstanceOf(BlogctlError);
    expect((await readOnly.get('key'))?.value).toBe(1);
  });

  test.each<[string, (cache: Cache) => Promise<unknown>]>([
    ['present', (lost) => lost.present(['key'])],
    ['get', (lost) => lost.get('key')],
    ['set', (lost) => lost.set('key', 1, 100)],
    ['remove', (lost) => lost.remove(['key'])],
    ['keysWithPrefix', (lost) => keysOf(lost, '')],
  ])('says which table is missing, and where, to %s', async (_, ask) => {
    const asking = ask(open({ table: 'no_such_cache' }));

    await expect(asking).rejects.toThrow(FailedError);
    await expect(asking).rejects.toThrow(`there is no table no_such_cache for the cache in ${database.name}`);
  });

  test('says which table refused, and why', async () => {
    await sql`create table other_cache (id integer)`.execute(database.query);

    const reading = open({ table: 'other_cache' }).present(['key']);

    await expect(reading).rejects.toThrow(UpstreamError);
    await expect(reading).rejects.toThrow(/^cannot read the table other_cache of .*cache_key/);
  });

  test('takes no expiry of nothing, and no table name that is none', async () => {
    await expect(cache.set('key', 1, 0)).rejects.toThrow(RangeError);
    expect(() => open({ table: 'a b' })).toThrow('expected the name of a cache table');
  });
}
