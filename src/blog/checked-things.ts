import type { Database } from '../core/database.ts';
import type { CheckedKind } from '../core/web-tables.ts';
import { monitoredHosts, type MissingForWatch } from './hosts.ts';

/** Something that is checked again and again, as the blog's own row has it. */
export interface CheckedThing {
  readonly id: number;
  readonly name: string;
  /** Null of a host, which has none. */
  readonly link: string | null;
  /** Does the blog's owner want it looked at? */
  readonly isActive: boolean;
  /** Of a host that nobody looks at, why. */
  readonly missing?: MissingForWatch | null;
  /** Of a host, when it last reported, in the database's form; perhaps no date at all. */
  readonly updateDate?: string;
  /** Do readers see it? Null where there is no such word for it. */
  readonly isShown: boolean | null;
  /** Why readers do not see it. */
  readonly reason: string | null;
}

const readers: Readonly<Record<CheckedKind, (database: Database) => Promise<readonly CheckedThing[]>>> = {
  friend: readFriends,
  site: readSites,
  feed: readFeeds,
  host: readHosts,
};

/** All things of a kind, also those that are not looked at. */
export async function checkedThings(database: Database, kind: CheckedKind): Promise<readonly CheckedThing[]> {
  return readers[kind](database);
}

async function readFriends({ query }: Database): Promise<readonly CheckedThing[]> {
  const columns = ['id', 'name', 'link', 'is_active', 'is_show', 'not_show_reason'] as const;
  const rows = await query.selectFrom('blog_friendlink').select(columns).orderBy('id').execute();
  return rows.map(({ is_active, is_show, not_show_reason: reason, ...row }) => {
    return { ...row, isActive: Boolean(is_active), isShown: Boolean(is_show), reason };
  });
}

async function readSites({ query }: Database): Promise<readonly CheckedThing[]> {
  const columns = ['id', 'name', 'link', 'is_show', 'not_show_reason'] as const;
  const rows = await query.selectFrom('webstack_navigationsite').select(columns).orderBy('id').execute();
  return rows.map(({ is_show, not_show_reason: reason, ...row }) => {
    return { ...row, isActive: is_show !== null, isShown: Boolean(is_show), reason };
  });
}

async function readFeeds({ query }: Database): Promise<readonly CheckedThing[]> {
  const columns = ['id', 'name', 'url', 'is_active'] as const;
  const rows = await query.selectFrom('blog_feedhub').select(columns).orderBy('id').execute();
  return rows.map(({ id, name, url, is_active }) => {
    return { id, name, link: url, isActive: Boolean(is_active), isShown: null, reason: null };
  });
}

async function readHosts(database: Database): Promise<readonly CheckedThing[]> {
  const hosts = await monitoredHosts(database);
  return hosts.map(({ id, name, isWatched, missing, updateDate }) => {
    return { id, name, link: null, isActive: isWatched, missing, updateDate, isShown: null, reason: null };
  });
}
