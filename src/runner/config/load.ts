import { dirname } from 'node:path';
import { ConfigurationError } from '../../core/errors.ts';
import type { Host } from '../../core/host.ts';
import type { Registry } from '../registry.ts';
import { checkAddresses, defaultName, passwordsOf } from './addresses.ts';
import type { Config } from './config.ts';
import { readBlogEnvironment } from './environment.ts';
import { configPlaces, findConfig, type ConfigFile } from './find.ts';
import { interpolate, type Interpolated } from './interpolate.ts';
import { checkNotify, notifySecrets } from './notify-addresses.ts';
import { keep, readKept, type KeptConfig } from './kept.ts';
import { parseDuration } from '../../core/duration.ts';
import type { GeneralConfig } from './schema.ts';

/** How a configuration is to be loaded. */
export interface LoadOptions {
  /** Path as given; undefined to search for it. */
  readonly given: string | undefined;
  /** A dry run leaves no file behind, not even a kept configuration. */
  readonly dryRun: boolean;
  /** False where none will be opened, so that a configuration may do without (default: true). */
  readonly needsDatabase?: boolean;
}

/**
 * Finds, reads and checks the configuration. All its problems are told at once, each with its line, in a
 * ConfigurationError. Without a file the blog's own environment (IZONE_…) is read.
 */
export async function loadConfig(host: Host, registry: Registry, options: LoadOptions): Promise<Config> {
  const file = findConfig(host, options.given);
  if (file === null) return fromEnvironmentAlone(host);
  const kept = readKept(host, file);
  if (kept !== null) {
    const filled = interpolate(kept, host);
    const config = filled.value as KeptConfig;
    // A placeholder that cannot be filled in, or makes no address, is told by the long way, with its line.
    const problems = [
      ...filled.problems,
      ...checkAddresses(config.general, dirname(file.path)),
      ...checkNotify(config.general),
    ];
    if (problems.length === 0) return assemble(host, config, sourceOf(file), filled, options);
  }
  const { checkFile } = await import('./check.ts');
  const checked = await checkFile(host, registry, file);
  if (checked.toKeep !== null && !options.dryRun) keep(host, file, checked.toKeep);
  const config = assemble(host, checked.config, sourceOf(file), checked.filled, options);
  return { ...config, warnings: checked.warnings };
}

function fromEnvironmentAlone(host: Host): Config {
  if (readBlogEnvironment(host).database === null) {
    throw new ConfigurationError(
      `no configuration: looked for ${configPlaces(host).join(', ')}, and the environment has no IZONE_MYSQL_HOST`,
      { hint: 'Write one with "blogctl init", name one with --config, or try "blogctl demo".' },
    );
  }
  const source: Source = { path: null, folder: host.workingDirectory };
  return assemble(host, { general: defaults, jobs: [] }, source, { secrets: [], environmentNames: [] });
}

// What the schema would fill in; written out, because without a file there is no reason to load the schema. A test
// holds the two together.
const defaults: GeneralConfig = {
  blog: { timezone: 'Asia/Shanghai', useTz: false, siteId: 2, markdown: { preset: 'izone' } },
  state: { keepRuns: parseDuration('90d') ?? { ms: 0, text: '' } },
  http: {
    allowPrivate: [],
    canaries: [],
    concurrency: 32,
    perHost: 4,
    spacing: parseDuration('250ms') ?? { ms: 0, text: '' },
    timeout: parseDuration('20s') ?? { ms: 0, text: '' },
    connectTimeout: parseDuration('10s') ?? { ms: 0, text: '' },
    answerTimeout: parseDuration('15s') ?? { ms: 0, text: '' },
  },
  notify: { webhooks: [], failedJobs: true },
  jobs: {},
};

// Stands for the database of a configuration that names none, and serves no one who would open it.
const neverOpened = 'sqlite:/nonexistent/blog.db';

/** Does the configuration name the database with blogctl's own tables? Without one only what needs none is loaded. */
export function namesDatabase({ database, state }: Pick<Config, 'database' | 'state'>): boolean {
  return state.database !== null || database !== neverOpened;
}

interface Source {
  readonly path: string | null;
  readonly folder: string;
}

function sourceOf(file: ConfigFile): Source {
  return { path: file.path, folder: dirname(file.path) };
}

function assemble(
  host: Host,
  { general, jobs }: KeptConfig,
  source: Source,
  filled: Pick<Interpolated, 'secrets' | 'environmentNames'>,
  { needsDatabase = true }: Pick<LoadOptions, 'needsDatabase'> = {},
): Config {
  const environment = readBlogEnvironment(host);
  const database = general.database ?? environment.database ?? (needsDatabase ? null : neverOpened);
  if (database === null) {
    throw new ConfigurationError(
      `database: ${source.path ?? 'the configuration'} names no database, and the environment has no IZONE_MYSQL_HOST`,
      { hint: 'Add a line such as "database: sqlite:/srv/blog/blog.db".' },
    );
  }
  const cache = general.cache ?? environment.cache ?? 'django-db:django_cache';
  // Those of a file have been checked: what is wrong now comes from the blog's own variables.
  const [wrong] = checkAddresses({ database, cache }, source.folder);
  if (wrong !== undefined) {
    const names = wrong.path[0] === 'cache' ? 'IZONE_REDIS_HOST and _PORT' : 'IZONE_MYSQL_HOST and its like';
    throw new ConfigurationError(`the environment's ${names} make no address: ${wrong.message}`);
  }
  const addresses = [database, cache, general.state.database ?? ''];
  return {
    ...source,
    database,
    cache,
    blog: {
      name: general.blog.name ?? defaultName(database, source.folder),
      url: general.blog.url?.replace(/\/$/, '') ?? null,
      protocol: environment.protocol,
      timezone: general.blog.timezone,
      useTz: general.blog.useTz,
      siteId: general.blog.siteId,
      markdown: general.blog.markdown,
    },
    state: { database: general.state.database ?? null, keepRuns: general.state.keepRuns },
    http: general.http,
    notify: general.notify,
    jobs: new Map(jobs.map((job) => [job.name, job])),
    secrets: [...filled.secrets, ...environment.secrets, ...addresses.flatMap(passwordsOf), ...notifySecrets(general.notify)],
    environmentNames: filled.environmentNames,
    warnings: [],
  };
}
