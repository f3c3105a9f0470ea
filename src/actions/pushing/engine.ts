import type { ActionContext } from '../../core/action.ts';
import type { Http, HttpAnswer } from '../../core/http.ts';
import type { PushClosure, PushEngineName } from '../../core/web-tables.ts';
import type { PushSettings } from './settings.ts';

/** The context of push-urls. */
export type PushContext = ActionContext<PushSettings, 'db' | 'state' | 'http' | 'files'>;

/** A search engine that is told of addresses. */
export interface Engine {
  /** In the ledger. */
  readonly name: PushEngineName;
  /** For people. */
  readonly title: string;
  /** Of its counts: `baiduAccepted`. */
  readonly prefix: 'baidu' | 'indexNow';
  /** What its robot is called in a robots.txt. */
  readonly robot: string;
  /** How many addresses it takes in one request. */
  readonly mostAtOnce: number;
  /** It counts what it takes in a day, and says what is left. */
  readonly hasQuota: boolean;
  /** It wants to know of addresses that are no more. */
  readonly takesGone: boolean;
  /** Differs where its settings do, and says nothing of them. */
  readonly settings: string;
  /** Why an address cannot be sent, whatever stands there; null where it can. */
  readonly refusal: (url: string) => string | null;
  /** Looks whether anything can be sent at all; null: yes. */
  readonly prepare: () => Promise<Closing | null>;
  readonly send: (urls: readonly string[]) => Promise<Receipt>;
}

/** What an engine said to a request: it took the addresses, but perhaps some, or it took none. */
export type Receipt = Taken | Closing;

/** It took all addresses but the refused. */
export interface Taken {
  readonly outcome: 'taken';
  /** Why, by address. */
  readonly refused: ReadonlyMap<string, string>;
  /** Those among them that are refused since they are of no site that the engine knows. */
  readonly foreign?: ReadonlySet<string>;
  /** How many it takes on this day yet, where it says so. */
  readonly remain: number | null;
  /** What the operator should know of it. */
  readonly remark: string | null;
  /** It has yet to confirm the key. */
  readonly isPending: boolean;
}

/** It took nothing, and is left alone for a while. */
export interface Closing {
  readonly outcome: PushClosure;
  /** A clause, without secrets. */
  readonly reason: string;
  /** How long it asks to be left alone. */
  readonly retryAfterMs: number | null;
  /** What it did not like are the addresses: where it was a single one, others may well be taken. */
  readonly isOfAddresses?: true;
}

/** Something must be mended first. */
export function misconfigured(reason: string): Closing {
  return { outcome: 'configuration', reason, retryAfterMs: null };
}

/** Nothing can be sent to it for now, through no fault of its own. */
export function inTroubleFor(reason: string): Closing {
  return { outcome: 'trouble', reason, retryAfterMs: null };
}

/** It is in trouble, and will perhaps be better later. */
export function inTrouble(reason: string, answer: HttpAnswer): Closing {
  return { outcome: 'trouble', reason, retryAfterMs: answer.retryAfterMs };
}

const mostAnswerBytes = 4 * 1024 * 1024;

/**
 * Sends a request to an engine, where the owner says that it is. Redirects are not followed, since they would carry keys
 * to others.
 */
export function postTo(
  http: Http,
  { signal }: Pick<PushContext, 'signal'>,
  request: { readonly url: string; readonly type: string; readonly body: string },
): Promise<HttpAnswer> {
  return http.fetch({
    url: request.url,
    method: 'POST',
    headers: { 'content-type': request.type },
    body: request.body,
    read: 'text',
    maxBytes: mostAnswerBytes,
    maxRedirects: 0,
    attempts: 1,
    isTrusted: true,
    signal,
  });
}

/** `503 Service Unavailable`, or why there was no answer. */
export function reasonOf({ status, reason }: HttpAnswer): string {
  if (status === null) return reason;
  return reason.startsWith(String(status)) ? reason : `${status} ${reason}`.trim();
}
