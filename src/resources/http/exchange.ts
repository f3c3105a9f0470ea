import type { Dispatcher } from 'undici';
import { formatDuration, longestTimerMs } from '../../core/duration.ts';
import type { Connection } from './connections.ts';
import { detachable } from './detachable.ts';
import { failureOf, noAnswer, noHttp, passing, type Failure } from './failures.ts';
import type { Enough, Sink, SinkEvents } from './sink.ts';
import type { Stop } from './stopped.ts';

/** One request over the wire. */
export interface Wire {
  readonly connection: Connection;
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** What is left of its time, and how long that was in all. */
  readonly leftMs: number;
  readonly timeoutMs: number;
  readonly answerTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly stop: Stop;
}

/** The beginning of an answer. */
export interface Head {
  readonly status: number;
  /** Names in lower case; several of a name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** As they came, one by one. */
  readonly cookies: readonly string[];
  /** The first of them, where there are several. */
  readonly location: string | null;
}

/** What came back: an answer whose body went to its sink, or none. */
export type Reply =
  | { readonly head: Head; readonly sink: Sink; readonly enough: Enough | null; readonly cut: Failure | null }
  | { readonly head: null; readonly failure: Failure };

const mostInformational = 20;

/**
 * Sends a request and leads the answer's body to a sink. Never throws for what the network does; throws the reason
 * for which it is stopped, and what a sink throws. However it ends, no more is read afterwards.
 */
export function exchange(wire: Wire, openSink: (head: Head, events: SinkEvents) => Sink): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let head: Head | null = null;
    let sink: Sink | null = null;
    let informational = 0;
    let isSettled = false;
    let isRead = false;
    let brokenOff: Failure | null = null;

    const leave = (): boolean => {
      if (isSettled) return false;
      isSettled = true;
      clearTimeout(timer);
      clearTimeout(headTimer);
      wire.stop.onStop = null;
      wire.connection.release(isRead);
      sink?.stop();
      detach();
      [controller, head, sink] = [null, null, null];
      return true;
    };
    const settle = (enough: Enough | null, failure: Failure | null): void => {
      const came = head !== null && sink !== null ? { head, sink } : null;
      if (!leave()) return;
      if (came !== null) resolve({ ...came, enough, cut: failure });
      else resolve({ head: null, failure: failure ?? passing('broken', 'the connection was closed') });
    };
    const guarded = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        if (leave()) reject(error);
      }
    };
    const giveUp = (timeMs: number): void => settle(null, late(timeMs, controller !== null, head !== null));
    const leftMs = Math.min(wire.leftMs, longestTimerMs);
    const timer = setTimeout(giveUp, leftMs, wire.timeoutMs);
    const headTimer = setTimeout(giveUp, Math.min(wire.answerTimeoutMs, leftMs), wire.answerTimeoutMs);
    wire.stop.onStop = () => {
      if (leave()) reject(wire.stop.reason());
    };

    const events: SinkEvents = {
      onReady: () => {
        if (!isSettled) controller?.resume();
      },
      // Of a body that broke off the compression has no end, either.
      onStop: (why) => (why === 'broken' && brokenOff !== null ? settle(null, brokenOff) : settle(why, null)),
      onError: (error) => {
        if (leave()) reject(error);
      },
    };
    const { listener, detach } = detachable({
      onRequestStart: (started) => {
        controller = started;
      },
      onResponseStart: (_, status, fields) => {
        if (status >= 200) {
          guarded(() => {
            clearTimeout(headTimer);
            head = headOf(status, fields);
            sink = openSink(head, events);
          });
        } else if (++informational > mostInformational) settle(null, noAnswer);
      },
      onResponseData: (data, bytes) => {
        guarded(() => {
          if (sink?.write(bytes) === false) data.pause();
        });
      },
      onResponseEnd: () => {
        isRead = true;
        sink?.end().then(
          () => settle(null, null),
          (error: unknown) => leave() && reject(error),
        );
      },
      onResponseError: (_, error) => {
        brokenOff = lateFailure(error, head, wire);
        const end = (): void => settle(null, brokenOff);
        if (sink === null) end();
        else sink.end().then(end, end);
      },
    });
    const { connection, url, method, headers, body } = wire;
    const path = `${url.pathname}${url.search}`;
    guarded(() => connection.client.dispatch({ origin: url.origin, path, method, headers, body }, listener));
  });
}

function late(timeMs: number, isConnected: boolean, isAnswered: boolean): Failure {
  const time = formatDuration(timeMs);
  if (isAnswered) return passing('timeout', `not over within ${time}`);
  return passing('timeout', isConnected ? `no answer within ${time}` : `no connection within ${time}`);
}

const bodiless: ReadonlySet<number> = new Set([204, 304]);

// Null: what came after the head means nothing.
function lateFailure(error: Error, head: Head | null, { connectTimeoutMs }: Wire): Failure | null {
  const failure = failureOf(error, formatDuration(connectTimeoutMs));
  if (head !== null) return bodiless.has(head.status) ? null : failure;
  const isOfLength = 'code' in error && error.code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
  return isOfLength ? noHttp : failure;
}

type Fields = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

function headOf(status: number, fields: Fields): Head {
  const headers: Record<string, string> = {};
  let [cookies, locations]: string[][] = [[], []];
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const key = name.toLowerCase();
    headers[key] = typeof value === 'string' ? value : value.join(', ');
    if (key === 'set-cookie') cookies = [value].flat();
    if (key === 'location') locations = [value].flat();
  }
  return {
    status,
    headers,
    cookies: cookies ?? [],
    location: locations?.[0] === undefined ? null : asUtf8(locations[0]),
  };
}

// Headers come as Latin-1; addresses are written into them in UTF-8 all the same.
function asUtf8(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}
