import { existsSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { blogSchemaStatements, blogTableNames } from '../../src/demo/schema.ts';
import { cacheTableStatements } from '../../src/demo/schema/cache-table.ts';
import { djangoName } from '../../src/demo/schema/names.ts';

// What Django's own migrations made; it lies beside the checkout on the author's machine only.
const reference = new URL('../../../shared/izone/schema.sqlite.sql', import.meta.url);

function load(statements: string): Database.Database {
  const database = new Database(':memory:');
  database.exec(statements);
  return database;
}

function columnsOf(database: Database.Database, table: string): unknown[] {
  return database.pragma(`table_info("${table}")`) as unknown[];
}

function objectsOf(database: Database.Database): unknown[] {
  const names = blogTableNames.map(() => '?').join(', ');
  const query = `select type, name, sql from sqlite_master where tbl_name in (${names}) and sql is not null order by 1, 2`;
  return database.prepare(query).all(...blogTableNames);
}

test.skipIf(!existsSync(reference))('has the columns that Django makes: name, type, null, key', () => {
  const made = load(blogSchemaStatements('sqlite').join(';'));
  const django = load(readFileSync(reference, 'utf8'));

  for (const table of blogTableNames) expect(columnsOf(made, table), table).toEqual(columnsOf(django, table));
});

test.skipIf(!existsSync(reference))(
  'has the unique keys, foreign keys and indexes that Django makes, word for word',
  () => {
    const made = load(blogSchemaStatements('sqlite').join(';'));
    const django = load(readFileSync(reference, 'utf8'));

    expect(objectsOf(made)).toEqual(objectsOf(django));
  },
);

test('names things as Django does, also where the name is too long for the database', () => {
  const pair = ['systemnotification_id', 'ouser_id'];
  const table = 'comment_systemnotification_get_p';

  expect(djangoName('sqlite', table, pair, '_uniq')).toBe(
    'comment_systemnotification_get_p_systemnotification_id_ouser_id_7e0dc656_uniq',
  );
  expect(djangoName('postgres', table, pair, '_uniq')).toBe(
    'comment_systemnotificati_systemnotification_id_ou_7e0dc656_uniq',
  );
  expect(djangoName('mysql', 'comment_notification', ['comment_id'], '_fk_comment_articlecomment_id')).toBe(
    'comment_notification_comment_id_94e60ae3_fk_comment_a',
  );
});

test('uses the types of each database', () => {
  const [mysql = '', postgres = ''] = (['mysql', 'postgres'] as const).map((dialect) =>
    blogSchemaStatements(dialect).find((statement) => /^CREATE TABLE .blog_article. /.test(statement)),
  );

  expect(mysql).toContain('`id` integer AUTO_INCREMENT NOT NULL PRIMARY KEY');
  expect(mysql).toContain(
    '`body` longtext NOT NULL, `img_link` varchar(100) NOT NULL, `create_date` datetime(6) NOT NULL',
  );
  expect(postgres).toContain('"id" serial NOT NULL PRIMARY KEY');
  expect(postgres).toContain('"create_date" timestamp with time zone NOT NULL');
  expect(postgres).toContain('"is_top" boolean NOT NULL');
  expect(postgres).toContain('REFERENCES "blog_topic" ("id") DEFERRABLE INITIALLY DEFERRED');
});

test("makes the cache table with the words of Django's createcachetable", () => {
  expect(cacheTableStatements('sqlite', 'django_cache')).toEqual([
    'CREATE TABLE "django_cache" ("cache_key" varchar(255) NOT NULL PRIMARY KEY, "value" text NOT NULL, "expires" datetime NOT NULL)',
    'CREATE INDEX "django_cache_expires" ON "django_cache" ("expires")',
  ]);
  expect(cacheTableStatements('mysql', 'odd`name')[0]).toBe(
    'CREATE TABLE `odd``name` (`cache_key` varchar(255) NOT NULL PRIMARY KEY, `value` longtext NOT NULL, `expires` datetime(6) NOT NULL)',
  );
});
