import { blogAddress } from '../blog/addresses.ts';
import { createBlogTime, type BlogTime } from '../blog/time.ts';
import type { BaseContext, Resources } from '../core/action.ts';
import type { OpenDatabase } from '../core/database.ts';
import type { Host } from '../core/host.ts';
import type { Log } from '../core/log.ts';
import { within } from '../core/within.ts';
import { openDatabase } from '../resources/database/open.ts';
import type { Config } from './config/config.ts';

const closeTimeoutMs = 2000;
const longestQueryMs = 2000;

/** The resources of one run: each opened when first asked for, all given back in reverse. */
export interface ResourcePool {
  readonly openers: { readonly [Name in keyof Resources]: () => Promise<Resources[Name]> };
  readonly database: () => Promise<OpenDatabase>;
  /** Where blogctl's own tables live: beside the blog's, or in a database of their own. */
  readonly state: () => Promise<OpenDatabase>;
  readonly close: () => Promise<void>;
}

/** What the resources of a run need to know. */
export interface PoolOptions {
  readonly config: Config;
  readonly time: BlogTime;
  readonly readOnly: boolean;
  readonly change: BaseContext<unknown>['change'];
  readonly log: Log;
  /** What programs are started with. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** This machine's name. */
  readonly hostname: string;
  readonly nowMs: () => number;
  /** blogctl's own version. */
  readonly version: string;
  readonly elapsedMs: () => number;
  /** See Host. */
  readonly programFolder: string;
}

/** The zone in which the database keeps its dates. */
export function storedZone(config: Config): string {
  return config.blog.useTz ? 'UTC' : config.blog.timezone;
}

/** The blog's time for a configuration. */
export function blogTimeFor(config: Config, host: Host, nowMs: () => number = host.clock.nowMs): BlogTime {
  return createBlogTime(storedZone(config), nowMs, host.zoneOffsetMs);
}

/** A pool that has opened nothing yet. */
export function openPool(options: PoolOptions): ResourcePool {
  const { config, readOnly } = options;
  const releases: (() => Promise<void>)[] = [];
  const opened = <Resource extends { close: () => Promise<void> }>(open: () => Promise<Resource>) =>
    once(async () => {
      const resource = await open();
      releases.push(() => resource.close());
      return resource;
    });
  const openAt = (url: string) =>
    opened(() => openDatabase({ url, folder: config.folder, readOnly, zone: storedZone(config) }));
  let isDatabaseOpen = false;
  const opening = openAt(config.database);
  const database = (): Promise<OpenDatabase> => {
    isDatabaseOpen = true;
    return opening();
  };
  const state = config.state.database === null ? database : openAt(config.state.database);
  const cache = opened(async () => {
    const { openCache } = await import('../resources/cache/open.ts');
    return openCache({ ...options, url: config.cache, database });
  });
  const archives = once(async () => {
    const { openArchives } = await import('../resources/archive/open.ts');
    return openArchives({ folder: config.folder, readOnly });
  });
  const files = once(async () => {
    const { openFiles } = await import('../resources/files/open.ts');
    return openFiles(config.folder);
  });
  const ownTables = once(async () => {
    const opened = await state();
    const { isUpToDate } = await import('./tables/ensure.ts');
    return { ...opened, isReady: !readOnly || (await isUpToDate(opened)) };
  });
  const programs = opened(async () => {
    const { openPrograms } = await import('../resources/programs/open.ts');
    return openPrograms({ ...options, folder: config.folder });
  });
  // To say who we are is worth a query, but no connection, and no wait for a database that is in trouble.
  const blogUrl = async (): Promise<string | null> => {
    if (config.blog.url !== null || config.http.userAgent !== undefined || !isDatabaseOpen) return config.blog.url;
    const late = (): Error => new Error('it does not answer');
    const known = database().then((opened) => blogAddress(opened, config.blog));
    return within(known, longestQueryMs, late).catch(() => null);
  };
  const http = opened(async () => {
    const { openHttp } = await import('../resources/http/open.ts');
    return openHttp({ ...options, settings: config.http, blogUrl });
  });
  const notify = once(async () => {
    const { openNotifier } = await import('../resources/notify/open.ts');
    return openNotifier({
      ...options,
      settings: config.notify,
      secrets: config.secrets,
      blog: config.blog.name,
      folder: config.folder,
      http,
    });
  });
  const parser = opened(async () => {
    const { openParser } = await import('../resources/parser/open.ts');
    return openParser(options);
  });
  return {
    openers: { db: database, cache, files, archives, state: ownTables, programs, http, notify, parser },
    database,
    state,
    close: async () => {
      // A driver waits for a statement that is still running, such as the one that a time-out has given up.
      const late = (): Error => new Error('it does not close');
      for (const release of releases.reverse()) await within(release(), closeTimeoutMs, late).catch(() => undefined);
    },
  };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
