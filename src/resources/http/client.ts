import { UpstreamError } from '../../core/errors.ts';
import type { HttpAnswer, HttpRequest } from '../../core/http.ts';
import { pause } from '../../core/pause.ts';
import { publicAddresses } from './address-rules.ts';
import { openConnections } from './connections.ts';
import { openNames, type Resolve } from './names.ts';
import type { HttpOptions, OpenHttp } from './open.ts';
import { openQueue } from './queue.ts';
import type { Hop } from './redirects.ts';
import { givenHeaders, userAgentOf, usualHeaders } from './request-headers.ts';
import { pauseBefore } from './retry.ts';
import { openStops } from './stopped.ts';
import { targetOf, withoutUser } from './target.ts';
import { tryOnce, type TryBounds, type TryTools } from './try.ts';

const usualMaxBytes = 2_000_000;
const usualAttempts = 2;
const usualRedirects = 5;

/** What a test may play. */
export interface ClientPorts {
  readonly resolve?: Resolve | undefined;
  /** From 0 to 1, as Math.random. */
  readonly random?: (() => number) | undefined;
  readonly ca?: string | undefined;
}

/** The client itself, loaded with the first request. */
export function openClient(options: HttpOptions, { resolve, ca, random = Math.random }: ClientPorts): OpenHttp {
  const { settings, elapsedMs } = options;
  const connectTimeoutMs = settings.connectTimeout.ms;
  const names = openNames(elapsedMs, resolve);
  const rules = publicAddresses(settings.allowPrivate);
  const { concurrency, perHost } = settings;
  const tools: TryTools = {
    names,
    rules,
    queue: openQueue({ concurrency, perHost, spacingMs: settings.spacing.ms, elapsedMs }),
    connections: openConnections({ names, rules, connectTimeoutMs, ca }),
    usualHeaders: usualHeaders(userAgentOf({ ...options, userAgent: settings.userAgent })),
    connectTimeoutMs,
    elapsedMs,
  };
  const stops = openStops();

  const answer = async (asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> => {
    const first = firstHop(asked);
    if (typeof first === 'string') return notFetched(withoutUser(asked.url), first);
    const bounds: TryBounds = {
      read: asked.read,
      needsWhole: asked.needsWhole ?? false,
      maxBytes: asked.maxBytes ?? usualMaxBytes,
      timeoutMs: asked.timeoutMs ?? settings.timeout.ms,
      maxRedirects: asked.maxRedirects ?? usualRedirects,
      verifyTls: asked.verifyTls ?? true,
      signal,
    };
    const most = asked.attempts ?? usualAttempts;
    for (let attempts = 1; ; attempts++) {
      const { failure: _, ...outcome } = await tryOnce(first, bounds, tools);
      const pauseMs = attempts < most ? pauseBefore({ ...outcome, failure: _ }, asked.method, attempts, random) : null;
      if (pauseMs === null) return { ...outcome, attempts };
      if (outcome.retryAfterMs !== null) tools.queue.rest(new URL(outcome.url).hostname, pauseMs);
      await pause(pauseMs, signal);
    }
  };

  return {
    fetch: async (asked) => {
      const { signal, release } = stops.follow(asked.signal);
      try {
        return await answer(asked, signal);
      } finally {
        release();
      }
    },
    close: async () => {
      const reason = new UpstreamError('the connections to the web are closed');
      stops.all(reason);
      await tools.connections.close();
    },
  };
}

function firstHop(asked: HttpRequest): Hop | string {
  const isTrusted = asked.isTrusted ?? false;
  const { url, whyNot } = targetOf(asked.url, { anyPort: isTrusted });
  if (url === null) return whyNot;
  return {
    url,
    method: asked.method ?? 'GET',
    body: asked.body ?? null,
    headers: givenHeaders(asked.headers ?? {}),
    isTrusted,
    cookies: new Map(),
    movedTo: null,
    isMoving: true,
    isDowngraded: false,
    seen: new Set([`${url.href} `]),
  };
}

function notFetched(url: string, whyNot: string): HttpAnswer {
  return {
    result: 'not-allowed',
    status: null,
    url,
    movedTo: null,
    headers: {},
    text: null,
    bytes: null,
    isWhole: false,
    reason: whyNot,
    retryAfterMs: null,
    attempts: 0,
    elapsedMs: 0,
  };
}
