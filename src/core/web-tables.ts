import type { Generated } from 'kysely';

/** What is checked again and again over the web. `host` is a row of monitor_monitorserver, `feed` one of blog_feedhub. */
export type CheckedKind = 'friend' | 'site' | 'feed' | 'host';

/** What is known of a checked thing: one row for each, remade where its address changes. */
export interface CheckTable {
  site: string;
  kind: CheckedKind;
  target_id: number;
  /** The address that was judged. */
  link: string;
  /** The action's own word: `ok`, `suspect`, `hidden`, `failing`, `paused`. */
  state: string;
  /** Failures in a row. */
  failures: number;
  /** Successes in a row. */
  successes: number;
  /** When the first of the failures in a row was. */
  failing_since: string | null;
  checked_at: string;
  ok_at: string | null;
  /** Not to be looked at before. */
  due_at: string | null;
  /** JSON: what the action itself wants to know again. */
  data: string | null;
}

/** One look at a checked thing: the time line that `why` shows. */
export interface EvidenceTable {
  id: Generated<number>;
  site: string;
  kind: CheckedKind;
  target_id: number;
  at: string;
  /** What came of it: an HttpResult, or a word of the action's such as `no-backlink`. */
  result: string;
  /** How it counts: `alive`, `dead`, `unknown`. */
  verdict: string;
  /** In words. */
  reason: string;
  /** What was done about it: `hidden`, `shown`, `cleared`, `refused` (it was to be hidden), `stored`, `told`; null where nothing was. */
  done: string | null;
}

/** An address that a search engine was told of, or is to be: one row for each engine. */
export interface PushTable {
  site: string;
  engine: PushEngineName;
  /** SHA-256 of the address, in hex: addresses are too long for a key. */
  url_hash: string;
  url: string;
  /** Whose address it is; null for one out of a sitemap. */
  article_id: number | null;
  /** When what stands there was last changed; empty where nobody knows, `gone` where it is no more. */
  version: string;
  status: PushStatus;
  /** When the engine last took it, in whatever version; null: never. */
  accepted_at: string | null;
  tried_at: string | null;
  attempts: number;
  /** Why it was refused, or not sent. */
  note: string | null;
}

export type PushEngineName = 'baidu' | 'indexnow';

/**
 * `known`: it was there before the first push, and is not sent; `waiting`: this version is to be sent; `unfit`: it failed
 * the check before sending, and waits; `accepted`; `refused`: the engine does not want this version; `gone`: it is no more,
 * and this engine is not told of such.
 */
export type PushStatus = 'known' | 'waiting' | 'unfit' | 'accepted' | 'refused' | 'gone';

/** What is known of a search engine. */
export interface PushEngineTable {
  site: string;
  engine: PushEngineName;
  /** The blog's address at the last push. */
  origin: string;
  /** Nothing is sent before. */
  closed_until: string | null;
  closed_because: PushClosure | null;
  /** In words. */
  reason: string | null;
  /** How many addresses it takes on that day of its own calendar, as it said itself. */
  remain: number | null;
  remain_day: string | null;
  /** Times in a row that it could not be reached or was out of order. */
  failures: number;
  /** Tells other settings from those with which it was closed; says nothing of them. */
  settings: string;
  /** The settings for which it was told that the engine has yet to confirm the key. */
  pending_settings: string | null;
}

/** Why an engine is left alone: its day's quota is used up, it is in trouble, or something must be mended first. */
export type PushClosure = 'quota' | 'trouble' | 'configuration';

/** A message for one channel: kept before it is sent, so that what could not be sent is tried again. */
export interface MessageTable {
  id: Generated<number>;
  site: string;
  /** As in core/notify.ts: `hosts`, `job warm-cache`. */
  about: string;
  /** A channel's name, as in core/notify.ts. */
  channel: string;
  subject: string;
  body: string;
  status: 'waiting' | 'sent' | 'given up';
  attempts: number;
  created_at: string;
  ended_at: string | null;
  last_failure: string | null;
}

/** How a channel does: there once something was sent by it. */
export interface ChannelTable {
  site: string;
  /** Its name, as in core/notify.ts. */
  channel: string;
  /** Attempts in a row that failed. */
  failures: number;
  /** Nothing is sent before. */
  closed_until: string | null;
  last_failure: string | null;
  /** Who sends by it at this moment: a word of the process's own. */
  claimed_by: string | null;
  claimed_at: string | null;
}

/** A time in which a host did not report. */
export interface OutageTable {
  id: Generated<number>;
  site: string;
  /** A row of monitor_monitorserver. */
  host_id: number;
  /** The host's id while the outage lasts, null afterwards: (site, open_id) is unique, so a host has one at a time. */
  open_id: number | null;
  host_name: string;
  /** When the host last reported before it. */
  began_at: string;
  /** When the row was last written. */
  looked_at: string;
  /** The highest step, in minutes, that it had reached by then. */
  step: number;
  /** The highest step that was told; 0 where none was. */
  told_step: number;
  told_at: string | null;
  /** When the host reported again, or was no longer watched. */
  ended_at: string | null;
  /** 1 where nothing of it is left to be told. */
  is_settled: number;
}

/** A job that cron runs and that has failed since: there until it works again. */
export interface AlertTable {
  site: string;
  job: string;
  /** The first failure. */
  began_at: string;
  failures: number;
  times_told: number;
  told_at: string;
}
