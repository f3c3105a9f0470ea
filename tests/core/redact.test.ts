import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/core/redact.ts';

/** Cleans a text of these secrets. */
function clean(text: string, ...secrets: string[]): string {
  const redactor = createRedactor();
  redactor.add(secrets);
  return redactor.clean(text);
}

const secret = 'p@ss:w/rd "é" 密码';

test.each([
  ['plain', secret],
  ['percent-encoded', encodeURIComponent(secret)],
  ['base64', Buffer.from(secret).toString('base64')],
  ['as JSON has it', JSON.stringify(secret).slice(1, -1)],
])('a secret is hidden where it stands %s', (_, form) => {
  expect(clean(`before ${form} after ${form}.`, secret)).toBe('before *** after ***.');
});

test('a secret of several lines is hidden also where it comes line by line', () => {
  const key = '-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\nab\n-----END KEY-----\n';

  expect(clean(`it said ${key}`, key)).toBe('it said ***');
  expect(key.split('\n').map((line) => clean(`> ${line}`, key))).toEqual([
    ...Array(3).fill('> ***'),
    '> ab',
    '> ***',
    '> ',
  ]);
});

test('a secret within a secret leaves no rest', () => {
  expect(clean('geheim-und-mehr geheim', 'geheim', 'geheim-und-mehr')).toBe('*** ***');
  expect(clean('geheim-und-mehr geheim', 'geheim-und-mehr', 'geheim')).toBe('*** ***');
});

test('secrets may become known one after the other', () => {
  const redactor = createRedactor();
  redactor.add(['first-one']);
  redactor.add(['second-one']);

  expect(redactor.clean('first-one second-one')).toBe('*** ***');
});

test('a secret with signs of its own is hidden as it is', () => {
  expect(clean('is a.*+$& here, not axx', 'a.*+$&')).toBe('is *** here, not axx');
});

test('what is shorter than four letters would blacken half of every text, and is left', () => {
  expect(clean('root is root', '', 'r', 'roo')).toBe('root is root');
  expect(clean('root is root', 'root')).toBe('*** is ***');
});

describe('the password in an address', () => {
  test.each([
    ['mysql://blog:geheim@127.0.0.1:3306/izone', 'mysql://blog:***@127.0.0.1:3306/izone'],
    ['redis://:geheim@h and postgres://u:g2@h2', 'redis://:***@h and postgres://u:***@h2'],
    ['redis+unix://u:geheim@/run/redis.sock', 'redis+unix://u:***@/run/redis.sock'],
    ['SMTPS://me:geheim@mail', 'SMTPS://me:***@mail'],
  ])('is hidden though nobody said that it is one: %s', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  test.each([
    'https://blog.example.test:8080/a@b',
    'redis 127.0.0.1:6379/0',
    'https://user@host/',
    'at 14:05:09 mail a@b.test',
  ])('is not seen where there is none: %s', (text) => {
    expect(clean(text)).toBe(text);
  });

  test('is hidden whole where it has signs that mean something in an address', () => {
    const hidden = clean('cannot use mysql://izone:p@ss:w/rd@127.0.0.1/izone', 'p@ss:w/rd');

    expect(hidden).toBe('cannot use mysql://izone:***@127.0.0.1/izone');
  });
});

test.each([
  ['letters', 'x'.repeat(2_000_000)],
  ['beginnings of addresses', 'a://b:'.repeat(300_000)],
  ['colons', `x://${':'.repeat(2_000_000)}`],
])('two megabytes of %s take no time', (_, text) => {
  expect(clean(`${text} geheim`, 'geheim')).toBe(`${text} ***`);
});

test('no secret is ever left in a text, whatever both look like', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 4, unit: 'binary' }), { minLength: 1, maxLength: 4 }),
      fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }),
      (secrets, texts) => {
        fc.pre(secrets.every((one) => !one.includes('*')));
        const text = texts.map((one, index) => one + (secrets[index % secrets.length] ?? '')).join(' ');

        const cleaned = clean(text, ...secrets);

        for (const one of secrets) expect(cleaned).not.toContain(one);
      },
    ),
  );
});
