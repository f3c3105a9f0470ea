import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openHttp } from '../../../src/resources/http/open.ts';
import { startWebServer } from '../../helpers/http-server.ts';
import { testConfig } from '../../helpers/run.ts';

const settings = testConfig({ blog: { url: 'sqlite:x' } }).http;
const { signal } = new AbortController();

test('a body comes as its bytes, unpacked and not decoded, or not at all where it is too long', async () => {
  const body = Buffer.from([0xd6, 0xd0, 0xce, 0xc4, 0, 0xff, ...Array.from({ length: 100_000 }, () => 7)]);
  const headers = { 'content-encoding': 'gzip', 'content-type': 'text/xml; charset=utf-8' };
  const web = await startWebServer({ '/': { headers, body: gzipSync(body) } });
  const http = await openHttp({ settings, readOnly: true, version: '1', blogUrl: null, elapsedMs: () => 0 });

  const whole = await http.fetch({ url: web.url, read: 'bytes', signal });
  const cut = await http.fetch({ url: web.url, read: 'bytes', maxBytes: 1000, signal });
  const none = await http.fetch({ url: web.url, read: 'bytes', maxBytes: 1000, needsWhole: true, signal });
  const asText = await http.fetch({ url: web.url, read: 'text', signal });
  await http.close();
  await web.stop();

  expect(Buffer.compare(whole.bytes ?? Buffer.of(), body)).toBe(0);
  expect(whole).toMatchObject({ result: 'ok', isWhole: true, text: null });
  expect(cut).toMatchObject({ result: 'ok', isWhole: false });
  expect(cut.bytes).toHaveLength(1000);
  expect(none).toMatchObject({ result: 'too-large', bytes: null });
  expect(asText.bytes).toBeNull();
});
