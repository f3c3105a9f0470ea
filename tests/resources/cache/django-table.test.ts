import { expect, test } from 'vitest';
import { createDjangoCacheTableSql, isTableName } from '../../../src/resources/cache/django-table.ts';

/** As Django's `manage.py createcachetable --dry-run` prints them, on one line. */
test.each([
  [
    'sqlite' as const,
    'CREATE TABLE "django_cache" ("cache_key" varchar(255) NOT NULL PRIMARY KEY, "value" text NOT NULL, "expires" datetime NOT NULL)',
    'CREATE INDEX "django_cache_expires" ON "django_cache" ("expires")',
  ],
  [
    'mysql' as const,
    'CREATE TABLE `django_cache` (`cache_key` varchar(255) NOT NULL PRIMARY KEY, `value` longtext NOT NULL, `expires` datetime(6) NOT NULL)',
    'CREATE INDEX `django_cache_expires` ON `django_cache` (`expires`)',
  ],
  [
    'postgres' as const,
    'CREATE TABLE "django_cache" ("cache_key" varchar(255) NOT NULL PRIMARY KEY, "value" text NOT NULL, "expires" timestamp with time zone NOT NULL)',
    'CREATE INDEX "django_cache_expires" ON "django_cache" ("expires")',
  ],
])('makes the table of Django on %s', (dialect, ...statements) => {
  expect(createDjangoCacheTableSql(dialect, 'django_cache')).toEqual(statements);
});

test.each(['', 'a b', '1a', 'a"b', 'a`b', 'a.b', "a'b", 'a;b', 'a\0', 'a'.repeat(64), 'é'])(
  'takes %j for no name',
  (name) => {
    expect(isTableName(name)).toBe(false);
    expect(() => createDjangoCacheTableSql('mysql', name)).toThrow('expected a table name');
  },
);
