import { expect, test } from 'vitest';
import { lookAt } from '../../../src/actions/checking/look.ts';
import { blank } from '../../../src/actions/checking/memory.ts';
import type { Http, HttpAnswer, HttpResult } from '../../../src/core/http.ts';

const nothing: HttpAnswer = {
  result: 'no-way',
  status: null,
  url: 'https://six.example/',
  movedTo: null,
  headers: {},
  text: null,
  bytes: null,
  isWhole: false,
  isGarbled: false,
  reason: 'it has IPv6 addresses alone, and this machine has none',
  retryAfterMs: null,
  attempts: 1,
  elapsedMs: 1,
};

test.each<[string, HttpResult]>([
  ['to whom this machine has no way', 'no-way'],
  ['whose server sends half of its certificate chain', 'half-chain'],
])('a friend %s is not judged', async (_, result) => {
  const http: Http = { fetch: async () => ({ ...nothing, result }) };
  const { signal } = new AbortController();
  const looking = { http, signal, site: null, insecure: [], livingFeeds: [], looksAtFeeds: true };

  const look = await lookAt(looking, 'https://six.example/', blank);

  expect(look).toMatchObject({ verdict: 'unknown', result, blogReason: null });
});

test.each(['ftp://me:s3cret@friend.example/', 'http://s3cret@'])(
  'a friend whose link is %s is told without what is secret in it',
  async (link) => {
    const http: Http = { fetch: async () => nothing };
    const { signal } = new AbortController();
    const looking = { http, signal, site: null, insecure: [], livingFeeds: [], looksAtFeeds: true };

    const look = await lookAt(looking, link, blank);

    expect(look.reason).toMatch(/\*\*\*@.*" is no address of a page$/);
    expect(look.reason).not.toContain('s3cret');
  },
);
