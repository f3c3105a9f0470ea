import { expect, test } from 'vitest';
import { maskedAddress } from '../../src/core/masked-address.ts';

test.each([
  ['https://me:s3cret@example.test/feed', 'https://me:***@example.test/feed'],
  ['https://me:s3@cret@example.test:8443/?a=b@c', 'https://me:***@example.test:8443/?a=b@c'],
  ['https://t0ken@example.test/', 'https://***@example.test/'],
  [' HTTPS:\\\\me:s3cret@example.test', ' HTTPS:\\\\me:***@example.test'],
  ['https://me:s3/cr#et@example.test/', 'https://me:***@example.test/'],
  ['https://me:***@example.test/', 'https://me:***@example.test/'],
  ['https://example.test:8080/@me', 'https://example.test:8080/@me'],
  ['https://example.test/a:b@c', 'https://example.test/a:b@c'],
  ['mailto:me@example.test', 'mailto:me@example.test'],
  ['某站@例子', '某站@例子'],
  ['', ''],
])('%j is shown as %j', (text, shown) => {
  const masked = maskedAddress(text);

  expect(masked).toBe(shown);
});
