import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { articleKey, parseArticleKey } from '../../src/blog/cache-keys.ts';

test.each([
  [1, '2026-03-18 19:05:02', 'article:markdown:1:20260318190502'],
  [12, '2026-02-13 07:54:02.999999', 'article:markdown:12:20260213075402'],
  [12, '2026-02-13 07:54:02.999999+08', 'article:markdown:12:20260213075402'],
  [12, '2026-02-13 07:54:02+05:45', 'article:markdown:12:20260213075402'],
  [7, '2026-02-13 07:54', 'article:markdown:7:20260213075400'],
])('the key of article %d, changed at %s, is %s', (id, updateDate, key) => {
  expect(articleKey(id, updateDate)).toBe(key);
});

test.each([
  '',
  'yesterday',
  '2026-13-01 00:00:00',
  '2026-02-30 00:00:00',
  '0000-00-00 00:00:00',
  'infinity',
  '2026-03-18 24:00:00',
])('there is no key for the date %j', (updateDate) => {
  expect(() => articleKey(1, updateDate)).toThrow('is not a date');
});

test('a key is read back as the article and version that it belongs to', () => {
  const date = fc.date({
    min: new Date('1970-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_147_483_647 }), date, (id, moment) => {
      const text = moment.toISOString().slice(0, 19).replace('T', ' ');

      const parsed = parseArticleKey(articleKey(id, text));

      expect(parsed).toEqual({ id, stamp: text.replace(/\D/g, '') });
    }),
  );
});

test.each([
  'article:markdown:1',
  'article:markdown:1:2026',
  'article:markdown:1:202603181905021',
  'article:markdown:-1:20260318190502',
  'article:markdown:x:20260318190502',
  ':1:article:markdown:1:20260318190502',
  'article:markdown:1:20260318190502:en',
  'article:markdown:1:20260318190502\n',
  'blog:blog_info:sum',
  '',
])('%j is no key of an article', (key) => {
  expect(parseArticleKey(key)).toBeNull();
});
