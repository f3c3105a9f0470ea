import type { Generated } from 'kysely';
import type { RunStatus } from './outcome.ts';

/** blogctl's own tables, all named `blogctl_…`. Times are ISO 8601 in UTC with milliseconds, so they sort as text. */
export interface StateTables {
  blogctl_run: RunTable;
  blogctl_publication: PublicationTable;
  blogctl_view_hour: ViewHourTable;
  blogctl_view_total: ViewTotalTable;
  blogctl_view_count: ViewCountTable;
  blogctl_view_aside: ViewAsideTable;
  blogctl_check: CheckTable;
  blogctl_evidence: EvidenceTable;
  blogctl_push: PushTable;
  blogctl_push_engine: PushEngineTable;
  blogctl_message: MessageTable;
  blogctl_channel: ChannelTable;
  blogctl_outage: OutageTable;
  blogctl_alert: AlertTable;
}

/** One row for each run that was not a dry run. (site, job, tick) is unique, so that of many hosts one runs a tick. */
export interface RunTable {
  id: Generated<number>;
  /** The blog's name in the configuration. */
  site: string;
  job: string;
  action: string;
  /** `cron` or `hand`. */
  started_by: string;
  /** The minute at which cron was to start it; null by hand. */
  tick: string | null;
  status: RunStatus;
  started_at: string;
  ended_at: string | null;
  duration_ms: number | null;
  host: string;
  pid: number;
  summary: string | null;
  /** JSON: name to number. */
  counts: string | null;
  /** How many changes were made. */
  changes: number | null;
  /** JSON: a list of findings. */
  findings: string | null;
  /** JSON: kind, message, hint. */
  error: string | null;
  /** The last lines of the log, one a line. */
  log: string | null;
}

/** An article that is to be published at an hour, or was published by us. */
export interface PublicationTable {
  id: Generated<number>;
  site: string;
  article_id: number;
  /** The article's id until the entry ends, null afterwards: (site, waiting_id) is unique, so an article waits once. */
  waiting_id: number | null;
  due_at: string;
  status: PublicationStatus;
  /** The action that publishes it, from just before it does so: a later run of that action knows what to finish. */
  claimed_by: string | null;
  /** How often the owner's hook was started for it. */
  hook_attempts: number;
  created_at: string;
  ended_at: string | null;
  /** Why it ended so, where that needs saying. */
  note: string | null;
}

/** `publishing`: the article is or may be published, its cache and the owner's hook are not through. The last three are ends. */
export type PublicationStatus = 'waiting' | 'publishing' | 'published' | 'cancelled' | 'failed';

/**
 * What an article (`kind` is `article`, `item` its id) or a page (`page`, its url) gained in an hour; no rows of 0, but one of
 * the kind `hour` with an empty item for each hour that was counted.
 */
export interface ViewHourTable {
  site: string;
  /**
   * Minutes since 1970-01-01T00:00Z at which the hour of the blog's own clock began: an hour that comes twice when clocks go
   * back is two hours here.
   */
  hour: number;
  kind: 'article' | 'page' | 'hour';
  item: string;
  views: number;
  /** 1 where the hour itself was not counted, and its share of a longer time was taken. */
  is_estimated: number;
}

/** The running totals as they were last counted: what is more at the next count was gained since. */
export interface ViewTotalTable {
  site: string;
  kind: 'article' | 'page';
  item: string;
  views: number;
}

/** When the views were last counted. */
export interface ViewCountTable {
  site: string;
  counted_at: string;
}

/** A body of blog_articleview that could not be read when its day was counted, as it was. */
export interface ViewAsideTable {
  id: Generated<number>;
  site: string;
  /** `YYYYMMDD`. */
  date: string;
  body: string;
  /** Why it could not be read. */
  reason: string;
  kept_at: string;
}

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
