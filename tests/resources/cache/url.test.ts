import { describe, expect, test } from 'vitest';
import { parseRedisUrl } from '../../../src/resources/cache/redis-url.ts';
import { describeCacheUrl, parseCacheUrl } from '../../../src/resources/cache/url.ts';

const plain = { kind: 'redis', username: null, password: null, database: 0 };

describe('a cache address', () => {
  test.each([
    ['redis://127.0.0.1:6379/0', { ...plain, endpoint: { host: '127.0.0.1', port: 6379, tls: false } }],
    ['redis://cache', { ...plain, endpoint: { host: 'cache', port: 6379, tls: false } }],
    ['redis://cache/', { ...plain, endpoint: { host: 'cache', port: 6379, tls: false } }],
    ['redis://cache:6380/3', { ...plain, endpoint: { host: 'cache', port: 6380, tls: false }, database: 3 }],
    ['redis://cache?db=4', { ...plain, endpoint: { host: 'cache', port: 6379, tls: false }, database: 4 }],
    ['rediss://cache/1', { ...plain, endpoint: { host: 'cache', port: 6379, tls: true }, database: 1 }],
    ['redis://[::1]:7000', { ...plain, endpoint: { host: '::1', port: 7000, tls: false } }],
    [
      'redis://:p%40ss%3Aw%2Frd@cache',
      { ...plain, endpoint: { host: 'cache', port: 6379, tls: false }, password: 'p@ss:w/rd' },
    ],
    [
      'redis://b%C3%B6b:p%25@cache',
      { ...plain, endpoint: { host: 'cache', port: 6379, tls: false }, username: 'böb', password: 'p%' },
    ],
    ['redis+unix:///run/redis.sock?db=2', { ...plain, endpoint: { path: '/run/redis.sock' }, database: 2 }],
    ['unix:///run/my%20redis.sock', { ...plain, endpoint: { path: '/run/my redis.sock' } }],
    [
      'unix://bob:p%40@/run/redis.sock',
      { ...plain, endpoint: { path: '/run/redis.sock' }, username: 'bob', password: 'p@' },
    ],
    [
      'unix:///run/redis.sock?db=1&password=p%40',
      { ...plain, endpoint: { path: '/run/redis.sock' }, password: 'p@', database: 1 },
    ],
  ])('%s', (text, address) => {
    expect(parseCacheUrl(text)).toMatchObject(address);
  });

  test('of a table', () => {
    expect(parseCacheUrl('django-db:django_cache')).toEqual({ kind: 'django-db', table: 'django_cache' });
  });

  test.each([
    ['', 'expected a cache address: redis://'],
    ['127.0.0.1:6379', 'expected a cache address: redis://'],
    ['memcached://cache', 'expected a cache address: redis://'],
    ['redis:cache', 'expected a cache address such as redis://'],
    ['redis://', 'expected a cache address such as redis://'],
    ['redis://cache:99999', 'expected a cache address such as redis://'],
    ['redis://cache/one', 'its database is no number'],
    ['redis://cache/-1', 'its database is no number'],
    ['redis://cache?bd=1', 'an option that is not known'],
    ['unix://run/redis.sock', 'expected a cache address such as unix://'],
    ['unix:///run/redis.sock?db=x', 'its database is no number'],
    ['django-db:', 'expected the name of a table'],
    ['django-db:cache"; drop table blog_article', 'expected the name of a table'],
  ])('%j is refused', (text, message) => {
    expect(() => parseCacheUrl(text)).toThrow(message);
    expect(describeCacheUrl(text)).toBe('a cache whose address cannot be read');
  });

  test.each([
    'redis://:s3cret/x@cache',
    'redis://user:12/s3cret@cache',
    'redis://:s3cret%zz@cache',
    'redis://s3cret@cache',
    'redis://:s3cret@cache:port',
    'unix://:s3cret@run/redis.sock',
    'unix://:a@s3cret@/run/redis.sock',
    's3cret',
  ])('%s is refused without repeating any of it', (text) => {
    expect(() => parseCacheUrl(text)).toThrow(/^(?!.*s3cret).*cache address/);
    expect(describeCacheUrl(text)).not.toContain('s3cret');
  });
});

test.each([
  ['redis://:s3cret@127.0.0.1', 'redis 127.0.0.1:6379/0'],
  ['rediss://bob:s3cret@[::1]/2', 'rediss [::1]:6379/2'],
  ['unix://:s3cret@/run/redis.sock', 'redis unix:/run/redis.sock?db=0'],
  ['django-db:django_cache', 'table django_cache'],
])('%s is described without secrets', (text, description) => {
  expect(describeCacheUrl(text)).toBe(description);
});

test('an address of another kind is none of Redis', () => {
  expect(() => parseRedisUrl('mysql://127.0.0.1/izone')).toThrow('expected a cache address such as redis://');
});
