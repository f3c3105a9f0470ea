import { Agent, request } from 'undici';
import { UpstreamError, messageOf } from '../../core/errors.ts';
import type { Http, HttpAnswer, HttpRequest, HttpResult, HttpSettings } from '../../core/http.ts';

/** How the web is asked. */
export interface HttpOptions {
  readonly settings: HttpSettings;
  /** Only GET and HEAD. */
  readonly readOnly: boolean;
  /** blogctl's own. */
  readonly version: string;
  readonly blogUrl: string | null;
  readonly elapsedMs: () => number;
}

/** The web, and what gives its connections back. */
export interface OpenHttp extends Http {
  readonly close: () => Promise<void>;
}

/** Opens nothing yet: connections are made when they are needed. */
export async function openHttp({ settings, readOnly, version, elapsedMs }: HttpOptions): Promise<OpenHttp> {
  const agent = new Agent({ connections: settings.perHost });
  const agentName = settings.userAgent ?? `blogctl/${version}`;
  const once = async (asked: HttpRequest, url: string, hops: number): Promise<HttpAnswer> => {
    const startedMs = elapsedMs();
    const signal = AbortSignal.any([asked.signal, AbortSignal.timeout(asked.timeoutMs ?? settings.timeout.ms)]);
    const response = await request(url, {
      dispatcher: agent,
      method: asked.method ?? 'GET',
      headers: { 'user-agent': agentName, ...asked.headers },
      body: asked.body ?? null,
      signal,
    });
    const location = response.headers['location'];
    if (response.statusCode >= 300 && response.statusCode < 400 && typeof location === 'string' && hops > 0) {
      await response.body.dump();
      return once(asked, new URL(location, url).href, hops - 1);
    }
    const bytes = Buffer.from(await response.body.arrayBuffer());
    const text = bytes.toString();
    if (typeof asked.read === 'object') asked.read.write(text);
    return {
      result: resultOf(response.statusCode),
      status: response.statusCode,
      url,
      movedTo: null,
      headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
      text: asked.read === 'text' ? text : null,
      bytes: asked.read === 'bytes' ? bytes : null,
      isWhole: true,
      reason: String(response.statusCode),
      retryAfterMs: null,
      attempts: 1,
      elapsedMs: elapsedMs() - startedMs,
    };
  };
  return {
    fetch: async (asked) => {
      if (readOnly && asked.method === 'POST') throw new UpstreamError('a dry run sends nothing');
      try {
        return await once(asked, asked.url, asked.maxRedirects ?? 5);
      } catch (error) {
        asked.signal.throwIfAborted();
        return { ...failed(asked.url), reason: messageOf(error) };
      }
    },
    close: () => agent.close(),
  };
}

function resultOf(status: number): HttpResult {
  if (status < 400) return 'ok';
  if ([401, 403, 429, 451, 999].includes(status)) return 'blocked';
  if (status === 404 || status === 410) return 'gone';
  return status < 500 ? 'client-error' : 'server-error';
}

function failed(url: string): HttpAnswer {
  return {
    result: 'refused',
    status: null,
    url,
    movedTo: null,
    headers: {},
    text: null,
    bytes: null,
    isWhole: false,
    reason: '',
    retryAfterMs: null,
    attempts: 1,
    elapsedMs: 0,
  };
}
