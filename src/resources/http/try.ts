import type { HttpAnswer, HttpRequest } from '../../core/http.ts';
import { sizeInWords } from '../../core/size.ts';
import { anyAddress, type AddressRules } from './address-rules.ts';
import type { Connections } from './connections.ts';
import { cookieHeader } from './cookies.ts';
import { exchange, type Head, type Reply } from './exchange.ts';
import { failureOf, lasting, passing, type Failure } from './failures.ts';
import type { Names } from './names.ts';
import type { Queue } from './queue.ts';
import { isRedirect, nextHop, type Hop } from './redirects.ts';
import { retryAfterOf } from './retry.ts';
import { openDrain, openBodySink, type Sink, type Enough, type SinkEvents } from './sink.ts';
import { throwIfStopped, unlessStopped, type Stop } from './stopped.ts';
import { hostOf } from './target.ts';
import { verdictOf } from './verdict.ts';

/** What a try needs, the same for all requests. */
export interface TryTools {
  readonly names: Names;
  readonly rules: AddressRules;
  readonly queue: Queue;
  readonly connections: Connections;
  readonly usualHeaders: Readonly<Record<string, string>>;
  readonly connectTimeoutMs: number;
  readonly elapsedMs: () => number;
}

/** How a request is to be tried. */
export interface TryBounds {
  readonly read: HttpRequest['read'];
  readonly needsWhole: boolean;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Of each step: until its answer begins. */
  readonly answerTimeoutMs: number;
  readonly maxRedirects: number;
  readonly verifyTls: boolean;
  /** Before those that have not been tried yet. */
  readonly isUrgent: boolean;
  readonly stop: Stop;
}

/** What one try came to. */
export interface Outcome extends Omit<HttpAnswer, 'attempts'> {
  /** Where the answer is none, or not what was needed. */
  readonly failure: Failure | null;
}

/** Tries a request once: through all its redirects, each in a turn of its own, in the time that is given to the whole. */
export async function tryOnce(first: Hop, bounds: TryBounds, tools: TryTools): Promise<Outcome> {
  let hop = first;
  let spentMs = 0;
  for (let isFirst = true; ; isFirst = false) {
    const here = hop;
    const host = hostOf(here.url);
    const failed = (failure: Failure): Outcome => failedAt(here, failure, spentMs);
    const rules = here.isTrusted ? anyAddress : tools.rules;
    try {
      // Names are looked up before anything is waited for; making the connection checks them again.
      await unlessStopped(tools.names.addressesOf(host, rules), bounds.stop);
    } catch (error) {
      throwIfStopped(bounds.stop);
      return failed(atHop(failureOf(error, ''), isFirst));
    }
    const isSpaced = !here.isTrusted && (isFirst || here.url.hostname !== first.url.hostname);
    const isUrgent = !isFirst || bounds.isUrgent;
    const reply = await tools.queue.run({ host, isUrgent, isSpaced, stop: bounds.stop }, async () => {
      const startedMs = tools.elapsedMs();
      try {
        return await ask(here, bounds, tools, bounds.timeoutMs - spentMs);
      } finally {
        spentMs += tools.elapsedMs() - startedMs;
      }
    });
    if (reply.head === null) return failed(atHop(reply.failure, isFirst));
    if (!isRedirect(reply.head)) return outcomeOf(here, reply, bounds, spentMs);
    reply.sink.finish(false);
    const next = nextHop(here, reply.head, bounds.maxRedirects);
    if ('reason' in next) return { ...failed(next), status: reply.head.status, headers: reply.head.headers };
    hop = next;
  }
}

function ask(hop: Hop, bounds: TryBounds, tools: TryTools, leftMs: number): Promise<Reply> {
  const { url, method, body, isTrusted } = hop;
  const { stop, timeoutMs, answerTimeoutMs, verifyTls } = bounds;
  const cookie = cookieHeader(hop.cookies, url.hostname);
  const headers = { ...tools.usualHeaders, ...hop.headers, ...(cookie === '' ? {} : { cookie }) };
  const connection = tools.connections.take(url.origin, { isTrusted, verifyTls });
  const { connectTimeoutMs } = tools;
  return exchange(
    { connection, url, method, headers, body, leftMs, timeoutMs, answerTimeoutMs, connectTimeoutMs, stop },
    (head, events) => sinkFor(head, method, bounds, events),
  );
}

function sinkFor(head: Head, method: string, { read, maxBytes }: TryBounds, events: SinkEvents): Sink {
  if (method === 'HEAD') return openDrain({}, events);
  if (read === 'nothing' || isRedirect(head)) return openDrain(head.headers, events);
  return openBodySink(head.headers, { read, maxBytes }, events) ?? openDrain(head.headers, events, 'unreadable');
}

function outcomeOf(hop: Hop, reply: Extract<Reply, { head: Head }>, bounds: TryBounds, elapsedMs: number): Outcome {
  const { head, sink } = reply;
  const isWhole = reply.enough === null && reply.cut === null;
  const { beginning, ...kept } = sink.finish(isWhole);
  const isConditional = 'if-none-match' in hop.headers || 'if-modified-since' in hop.headers;
  const verdict = verdictOf(head, beginning, { isConditional });
  const shortage = reply.cut ?? shortageOf(reply.enough, bounds.maxBytes);
  const isMoved = verdict.result === 'ok' && hop.movedTo !== null && head.status !== 304;
  const known: Outcome = {
    result: isMoved ? 'moved' : verdict.result,
    reason: `${verdict.reason}${hop.isDowngraded ? ', without TLS in the end' : ''}`,
    status: head.status,
    url: hop.url.href,
    movedTo: hop.movedTo,
    headers: head.headers,
    ...kept,
    isWhole,
    isGarbled: reply.enough === 'broken' || reply.enough === 'unreadable',
    retryAfterMs: retryAfterOf(head.headers),
    elapsedMs,
    failure: null,
  };
  if (shortage === null) return known;
  if (bounds.needsWhole && verdict.result === 'ok') {
    return { ...known, result: shortage.result, reason: shortage.reason, text: null, bytes: null, failure: shortage };
  }
  return { ...known, reason: `${known.reason}, ${shortage.result === 'broken' ? 'then ' : ''}${shortage.reason}` };
}

function shortageOf(enough: Enough | null, maxBytes: number): Failure | null {
  if (enough === 'full') return lasting('too-large', `larger than ${sizeInWords(maxBytes)}`);
  if (enough === 'unreadable') return lasting('broken', 'compressed in a way that is not known');
  return enough === 'broken' ? passing('broken', 'its compression is broken') : null;
}

function failedAt(hop: Hop, failure: Failure, elapsedMs: number): Outcome {
  return {
    result: failure.result,
    reason: failure.reason,
    status: null,
    url: hop.url.href,
    movedTo: hop.movedTo,
    headers: {},
    text: null,
    bytes: null,
    isWhole: false,
    isGarbled: false,
    retryAfterMs: null,
    elapsedMs,
    failure,
  };
}

function atHop(failure: Failure, isFirst: boolean): Failure {
  return isFirst ? failure : { ...failure, reason: `after a redirect: ${failure.reason}` };
}
