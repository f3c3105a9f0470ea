import type { ServerResponse } from 'node:http';
import { startWebServer, type WebRoutes, type WebServer } from './http-server.ts';

/** What an engine answers out of turn: a status and a body, or whatever a test does with the response. */
export type OddAnswer =
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | ((response: ServerResponse) => void);

/** Baidu's ordinary push and IndexNow as their documentation has them, and a blog that they could index. */
export interface SearchEngines {
  readonly web: WebServer;
  /** The blog's address; its pages are whatever stands below /article/ and /subject/article/. */
  readonly url: string;
  readonly baidu: {
    /** How many addresses are left of the day. */
    quota: number;
    /** Those that were taken, request by request. */
    readonly batches: string[][];
    /** Answers out of turn, the next first. */
    readonly odd: OddAnswer[];
    /** How often it was asked. */
    asked: number;
  };
  readonly indexNow: {
    isPending: boolean;
    readonly batches: string[][];
    readonly odd: OddAnswer[];
    asked: number;
  };
  /** The settings with which push-urls reaches both. */
  readonly settings: Readonly<Record<'baidu' | 'indexNow' | 'both', Readonly<Record<string, string>>>>;
  /** Lays something at paths of the blog, in place of its own pages. */
  lay(pages: WebRoutes): void;
  /** The paths of the blog that were asked for since the last reset. */
  seen(): readonly string[];
  /** Takes back everything: quotas, batches, pages. */
  reset(): void;
  stop(): Promise<void>;
}

/** Baidu's token for these tests. */
export const baiduToken = 'wombat8711dingo8712';
/** IndexNow's key for these tests. */
export const indexNowKey = 'bilby-9711-quokka-9712';

/** Starts both engines and the blog on one port. */
export async function startSearchEngines(): Promise<SearchEngines> {
  const baidu: SearchEngines['baidu'] = { quota: 100_000, batches: [], odd: [], asked: 0 };
  const indexNow: SearchEngines['indexNow'] = { isPending: false, batches: [], odd: [], asked: 0 };
  const page = (path: string): string =>
    `<!doctype html><html><head><title>一篇文章</title><link rel="canonical" href="${path}"></head><body>正文</body></html>`;
  const usual: WebRoutes = {
    [`/${indexNowKey}.txt`]: { body: `${indexNowKey}\n` },
    '/robots.txt': { body: 'User-agent: *\nDisallow: /admin/\n' },
  };
  let laid: WebRoutes = usual;
  let seenBefore = 0;
  const routes: WebRoutes = {
    '*': (request, response) => {
      const { path } = request;
      const own = laid[path];
      if (own !== undefined) return typeof own === 'function' ? own(request, response) : own;
      if (!/^\/(subject\/)?article\//.test(path)) return { status: 404, body: 'not found' };
      return { headers: { 'content-type': 'text/html; charset=utf-8' }, body: page(path) };
    },
    '/urls': ({ method, path, headers, body }, response) => {
      baidu.asked++;
      const odd = baidu.odd.shift();
      if (odd !== undefined) return typeof odd === 'function' ? odd(response) : odd;
      const query = new URL(path, web.url).searchParams;
      const lines = body
        .toString()
        .split('\n')
        .filter((line) => line !== '');
      if (method !== 'POST' || !headers['content-type']?.startsWith('text/plain')) return { status: 404 };
      if (query.get('token') !== baiduToken) return refused(401, 'token is not valid');
      if (query.get('site') !== web.url) return refused(400, 'site error');
      if (lines.length === 0) return refused(400, 'empty content');
      if (lines.length > 2000) return refused(400, 'only 2000 urls are allowed once');
      if (lines.length > baidu.quota) return refused(400, 'over quota');
      const foreign = lines.filter((line) => !line.startsWith(`${web.url}/`));
      const invalid = lines.filter((line) => line.includes('invalid'));
      const taken = lines.filter((line) => !foreign.includes(line) && !invalid.includes(line));
      baidu.quota -= taken.length;
      baidu.batches.push(taken);
      const lists = {
        ...(foreign.length > 0 ? { not_same_site: foreign } : {}),
        ...(invalid.length > 0 ? { not_valid: invalid } : {}),
      };
      return json(200, { remain: baidu.quota, success: taken.length, ...lists });
    },
    '/indexnow': ({ method, headers, body }, response) => {
      indexNow.asked++;
      const odd = indexNow.odd.shift();
      if (odd !== undefined) return typeof odd === 'function' ? odd(response) : odd;
      if (method !== 'POST' || !headers['content-type']?.startsWith('application/json')) return { status: 405 };
      const asked = JSON.parse(body.toString()) as {
        host: string;
        key: string;
        keyLocation: string;
        urlList: string[];
      };
      if (asked.urlList.length > 10_000) return { status: 400 };
      if (asked.key !== indexNowKey) return { status: 403 };
      if (asked.urlList.some((one) => new URL(one).host !== asked.host)) return { status: 422 };
      indexNow.batches.push(asked.urlList);
      return { status: indexNow.isPending ? 202 : 200 };
    },
  };
  const web = await startWebServer(routes);
  const baiduSettings = { baiduToken, baiduEndpoint: `${web.url}/urls` };
  const indexNowSettings = { indexNowKey, indexNowEndpoint: `${web.url}/indexnow` };
  return {
    web,
    url: web.url,
    baidu,
    indexNow,
    settings: { baidu: baiduSettings, indexNow: indexNowSettings, both: { ...baiduSettings, ...indexNowSettings } },
    lay: (pages) => void (laid = { ...laid, ...pages }),
    seen: () =>
      web.requests
        .slice(seenBefore)
        .map(({ path }) => path)
        .filter((path) => !/^\/(urls|indexnow)\b/.test(path)),
    reset: () => {
      laid = usual;
      seenBefore = web.requests.length;
      Object.assign(baidu, { quota: 100_000, asked: 0 });
      Object.assign(indexNow, { isPending: false, asked: 0 });
      for (const list of [baidu.batches, baidu.odd, indexNow.batches, indexNow.odd]) list.length = 0;
    },
    stop: () => web.stop(),
  };
}

function refused(error: number, message: string) {
  return json(error, { error, message });
}

function json(status: number, value: unknown) {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
