// Asks all links of the bench, and says what it came to: `node checker.mjs PORT ARM`.
import { openHttp } from '../../src/resources/http/open.ts';
import { hostOf, kindOf, links } from './schedule.ts';

const [, , port = '', arm = ''] = process.argv;
const concurrency = Number(process.env['CONCURRENCY']);
const time = (ms: number) => ({ ms, text: `${ms}ms` });
const urlOf = (link: number): string => `http://${hostOf(link)}:${port}/u/${link}`;
// How far a page is searched for a link.
const mostBytes = 512_000;
const { signal } = new AbortController();

/** All links through our client; those that were slow the last time first, as actions ask. */
async function ours(isOrdered: boolean): Promise<Record<string, number>> {
  const http = await openHttp({
    settings: {
      allowPrivate: ['127.0.0.0/8'],
      canaries: [],
      concurrency,
      perHost: 4,
      spacing: time(250),
      timeout: time(5000),
      connectTimeout: time(5000),
    },
    readOnly: true,
    version: 'bench',
    blogUrl: null,
    elapsedMs: () => performance.now(),
  });
  const results: Record<string, number> = {};
  const all = Array.from({ length: links }, (_, link) => link);
  const slowFirst = isOrdered ? all.sort((a, b) => Number(isSlow(b)) - Number(isSlow(a))) : all;
  await Promise.all(
    slowFirst.map(async (link) => {
      let tail = '';
      const reader = {
        write: (text: string) => {
          const isFound = (tail + text).includes('https://blog.example/');
          tail = isFound ? '' : text.slice(-40);
          return isFound;
        },
      };
      const { result } = await http.fetch({ url: urlOf(link), read: reader, maxBytes: mostBytes, signal });
      results[result] = (results[result] ?? 0) + 1;
    }),
  );
  await http.close();
  return results;
}

const isSlow = (link: number): boolean => kindOf(link) === 'hang' || kindOf(link) === 'busy';

/** A tenth of the links, one after the other, each read whole. */
async function sequential(): Promise<Record<string, number>> {
  const results: Record<string, number> = {};
  for (let link = 0; link < links / 10; link++) {
    const result = await fetch(urlOf(link), { signal: AbortSignal.timeout(5000) }).then(
      async (response) => (await response.text(), String(response.status)),
      () => 'failed',
    );
    results[result] = (results[result] ?? 0) + 1;
  }
  return results;
}

const started = performance.now();
const results = arm === 'sequential' ? await sequential() : await ours(arm === 'ordered');
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ seconds, peakMb: process.resourceUsage().maxRSS / 1000, results }));
