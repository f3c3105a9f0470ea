import type { Generated } from 'kysely';
import type { RunStatus } from './outcome.ts';
import type {
  CheckTable,
  EvidenceTable,
  PushTable,
  PushEngineTable,
  MessageTable,
  ChannelTable,
  OutageTable,
  AlertTable,
} from './web-tables.ts';

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
