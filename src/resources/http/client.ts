import { UpstreamError } from '../../core/errors.ts';
import type { HttpAnswer, HttpRequest } from '../../core/http.ts';
import { keepHeapSmall } from '../engine.ts';
import { publicAddresses } from './address-rules.ts';
import { openConnections } from './connections.ts';
import { openNames, type Resolve } from './names.ts';
import type { HttpOptions, OpenHttp } from './open.ts';
import { openQueue } from './queue.ts';
import type { Hop } from './redirects.ts';
import { givenHeaders, userAgentOf, usualHeaders } from './request-headers.ts';
import { pauseBefore } from './retry.ts';
import { openStops, pauseUnlessStopped, throwIfStopped, type Stop } from './stopped.ts';
import { hostOf, targetOf, withoutUser } from './target.ts';
import { tryOnce, type Outcome, type TryBounds, type TryTools } from './try.ts';

const usualMaxBytes = 2_000_000;
const usualAttempts = 2;
const usualRedirects = 5;

/** How the web is asked, and from where. */
export interface ClientOptions extends HttpOptions {
  readonly blogUrl: string | null;
}

/** What a test may play. */
export interface ClientPorts {
  readonly resolve?: Resolve | undefined;
  /** From 0 to 1, as Math.random. */
  readonly random?: (() => number) | undefined;
  readonly ca?: string | undefined;
}

/** The client itself, loaded with the first request. */
export function openClient(options: ClientOptions, { resolve, ca, random = Math.random }: ClientPorts): OpenHttp {
  const { settings, elapsedMs } = options;
  keepHeapSmall();
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

  // Thousands may ask at once: what a request needs is made when its turn is near. This one is wide enough that those
  // who wait for a name or for their host leave no place of the other empty.
  const nearby = openQueue({ concurrency: concurrency * 4, perHost, spacingMs: 0, elapsedMs });

  const answer = async (asked: HttpRequest, stop: Stop): Promise<HttpAnswer> => {
    throwIfStopped(stop);
    const isTrusted = asked.isTrusted ?? false;
    const { url, whyNot } = targetOf(asked.url, { anyPort: isTrusted || asked.anyPort === true });
    if (url === null) return notFetched(withoutUser(asked.url), whyNot);
    const host = hostOf(url);
    const most = asked.attempts ?? usualAttempts;
    for (let attempts = 1; ; attempts++) {
      // Another try comes before those that have not begun: else the slow ones would all be left for the end.
      const isUrgent = isTrusted || attempts > 1;
      const outcome = await nearby.run({ host, isUrgent, isSpaced: false, stop }, () =>
        tryOnce(firstHop(asked), boundsOf(asked, isUrgent, stop), tools),
      );
      const pauseMs = attempts < most ? pauseBefore(outcome, asked.method, attempts, random) : null;
      if (pauseMs === null) return answerOf(outcome, attempts);
      if (outcome.retryAfterMs !== null) tools.queue.rest(hostOf(new URL(outcome.url)), pauseMs);
      await pauseUnlessStopped(pauseMs, stop);
    }
  };

  const boundsOf = (asked: HttpRequest, isUrgent: boolean, stop: Stop): TryBounds => ({
    read: asked.read,
    needsWhole: asked.needsWhole ?? false,
    maxBytes: asked.maxBytes ?? usualMaxBytes,
    timeoutMs: asked.timeoutMs ?? settings.timeout.ms,
    answerTimeoutMs: asked.timeoutMs ?? settings.answerTimeout.ms,
    maxRedirects: asked.maxRedirects ?? usualRedirects,
    verifyTls: asked.verifyTls ?? true,
    isUrgent,
    stop,
  });

  return {
    fetch: async (asked) => {
      const stop = stops.follow(asked.signal);
      try {
        return await answer(asked, stop);
      } finally {
        stops.release(stop, asked.signal);
      }
    },
    close: async () => {
      const reason = new UpstreamError('the connections to the web are closed');
      stops.all(reason);
      await tools.connections.close();
    },
  };
}

function firstHop(asked: HttpRequest): Hop {
  const isTrusted = asked.isTrusted ?? false;
  const anyPort = isTrusted || asked.anyPort === true;
  const { url } = targetOf(asked.url, { anyPort });
  if (url === null) throw new Error('an address that was one before');
  return {
    url,
    method: asked.method ?? 'GET',
    body: asked.body ?? null,
    headers: givenHeaders(asked.headers ?? {}),
    isTrusted,
    anyPort: asked.anyPort === true,
    cookies: new Map(),
    movedTo: null,
    isMoving: true,
    isDowngraded: false,
    seen: new Set([`${url.href} `]),
  };
}

function answerOf({ failure, ...outcome }: Outcome, attempts: number): HttpAnswer {
  void failure;
  return { ...outcome, attempts };
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
    isGarbled: false,
    reason: whyNot,
    retryAfterMs: null,
    attempts: 0,
    elapsedMs: 0,
  };
}
