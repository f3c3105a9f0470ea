import type { Duration } from './duration.ts';

/**
 * What became of a request, as a class:
 * - `ok` a 2xx answer at the address that was asked, or where temporary redirects led; also 304 where the request had a
 *   condition (If-None-Match, If-Modified-Since);
 * - `moved` a 2xx answer at another address to which permanent redirects (301, 308) led; see `movedTo`;
 * - `gone` 404 or 410; `client-error` another 4xx; `server-error` 5xx;
 * - `blocked` 401, 403, 406, 418, 429, 451, 999 and others of firewalls (412 without a condition, too), or a page
 *   that asks whether a human is there: somebody lives there and does not like us;
 * - `no-way` this machine cannot get there, whoever it is: it lacks IPv6, a firewall of ours, no free port;
 * - `dns` the name has no address; `refused` nobody accepts the connection, or no way leads there; `timeout`;
 * - `tls` no trustworthy certificate, or no common protocol; `half-chain` a certificate whose issuer's was not sent, so
 *   that browsers may take it;
 * - `broken` the connection broke off, or what came is no HTTP, or its redirects lead nowhere;
 * - `too-large` more headers than anybody needs, or a body over the limit where `needsWhole` was asked for;
 * - `not-allowed` an address that must not be fetched: private, no http, an odd port, with a password in it.
 *
 * A status that has come decides, whatever becomes of the body: a page that is too long, too slow or cut off is `ok` with
 * `isWhole: false` and what came of it, unless the request `needsWhole`.
 */
export type HttpResult =
  | 'ok'
  | 'moved'
  | 'gone'
  | 'client-error'
  | 'server-error'
  | 'blocked'
  | 'dns'
  | 'refused'
  | 'no-way'
  | 'timeout'
  | 'tls'
  | 'half-chain'
  | 'broken'
  | 'too-large'
  | 'not-allowed';

/** Takes the text of an answer as it comes, decoded, and says when it has seen enough: then nothing more is read. */
export interface TextReader {
  /** True: enough. */
  readonly write: (text: string) => boolean;
}

/** Takes an answer's bytes as they come, unpacked where they were packed for the way, and says when it has seen enough. */
export interface BytesReader {
  /** True: enough. */
  readonly take: (bytes: Uint8Array) => boolean;
}

/** One request; what is left out is as the configuration's `http` section says. */
export interface HttpRequest {
  /** Absolute; anything a stranger may have typed. */
  readonly url: string;
  /** Default GET. A dry run refuses anything but GET and HEAD. */
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * What of the answer's body is wanted: nothing, its text (decoded as a browser would), its bytes, or a reader to be fed. A
   * reader is fed from the beginning again where the request is tried again.
   */
  readonly read: 'nothing' | 'text' | 'bytes' | TextReader | BytesReader;
  /** The most of the body that is read, in bytes after decompression; default 2 MB. */
  readonly maxBytes?: number;
  /** Half a body is none: one over the limit is `too-large`, one that is late `timeout`, one that breaks off `broken`. */
  readonly needsWhole?: boolean;
  /** The longest that one try may take, redirects and body included, waiting for its turn left out, in milliseconds. */
  readonly timeoutMs?: number;
  /**
   * How often at most it is tried, default 2; 1 = no second try. Tried again is what may pass: a reset, a
   * refusal, 429, 502, 503 and 504. A POST is tried again only where the connection was refused.
   */
  readonly attempts?: number;
  /** How many redirects are followed; default 5. */
  readonly maxRedirects?: number;
  /** Also ports at which nobody serves pages, such as 9 and 6379: as the blog's own tasks ask. */
  readonly anyPort?: boolean;
  /** False: any certificate is good enough. */
  readonly verifyTls?: boolean;
  /**
   * The address comes from the owner's configuration and not from a stranger: private ones are allowed, and any port, and
   * requests to one host are not spaced. Holds for redirects on the same host, and not for those to another.
   */
  readonly isTrusted?: boolean;
  /** The run's: ends the request, whatever it is doing. */
  readonly signal: AbortSignal;
}

/** What came back. A request never throws for what the web does; it does where the run is told to stop. */
export interface HttpAnswer {
  readonly result: HttpResult;
  /** What was answered at `url`; null where nothing was. */
  readonly status: number | null;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  /** The address to which the leading permanent redirects led; null where there were none. */
  readonly movedTo: string | null;
  /** Names in lower case; several of a name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null where it was not asked for or did not come. */
  readonly text: string | null;
  /** The body, unpacked but not decoded. Null where it was not asked for or did not come. */
  readonly bytes: Uint8Array | null;
  /** False where reading stopped before the body's end. */
  readonly isWhole: boolean;
  /** The body was compressed, and cannot be unpacked. */
  readonly isGarbled: boolean;
  /** In words, for a sentence in English: `the certificate expired on 2026-03-01`, `404 Not Found`. */
  readonly reason: string;
  /** How long the server asks to be left alone (Retry-After), in milliseconds. */
  readonly retryAfterMs: number | null;
  readonly attempts: number;
  /** What the last try took, waiting for its turn left out. */
  readonly elapsedMs: number;
}

/**
 * The web. Ask for as much as there is: how many requests run at once, over all and on one host, is its own business.
 * Implemented in resources/http.
 */
export interface Http {
  readonly fetch: (request: HttpRequest) => Promise<HttpAnswer>;
}

/** The configuration's `http` section. */
export interface HttpSettings {
  /** Private addresses that may be fetched: addresses and networks such as `192.168.7.0/24`. */
  readonly allowPrivate: readonly string[];
  /** Addresses that answer whenever our own network does. */
  readonly canaries: readonly string[];
  /** How many requests run at the same time. */
  readonly concurrency: number;
  /** How many of them on one host. */
  readonly perHost: number;
  /** How far the starts of two requests to one host are apart. */
  readonly spacing: Duration;
  /** The longest that one request may take. */
  readonly timeout: Duration;
  /** The longest that a connection may take to be made. */
  readonly connectTimeout: Duration;
  /** The longest until an answer begins, its headers read; a request with a `timeoutMs` of its own has that alone. */
  readonly answerTimeout: Duration;
  /** What requests say they come from; undefined: blogctl and its version, and the blog's address. */
  readonly userAgent?: string | undefined;
}
