import { basename, dirname } from 'node:path';
import { ConfigurationError } from '../../core/errors.ts';
import type { Host } from '../../core/host.ts';
import type { Registry } from '../registry.ts';
import { checkAddresses, defaultName, holdsSecret, passwordsOf } from './addresses.ts';
import type { Config } from './config.ts';
import { readBlogEnvironment } from './environment.ts';
import { configPlaces, findConfig, type ConfigFile } from './find.ts';
import { interpolate } from './interpolate.ts';
import { problemsOf } from './issues.ts';
import { checkJobs } from './jobs.ts';
import { parseConfig } from './parse.ts';
import { throwProblems, type ConfigPath, type Problem } from './problems.ts';
import { configSchema, knownKeys, type GeneralConfig } from './schema.ts';

/**
 * Finds, reads and checks the configuration. All its problems are told at once, each with its line, in a
 * ConfigurationError. Without a file the blog's own environment (IZONE_…) is read.
 */
export async function loadConfig(host: Host, registry: Registry, given: string | undefined): Promise<Config> {
  const file = findConfig(host, given);
  return file === null ? fromEnvironmentAlone(host) : fromFile(host, registry, file);
}

async function fromFile(host: Host, registry: Registry, file: ConfigFile): Promise<Config> {
  const parsed = parseConfig(file.text);
  throwProblems(parsed.problems, basename(file.path));
  const raw = parsed.value ?? {};
  const filled = interpolate(raw, host);
  const checked = configSchema.safeParse(filled.value);
  const problems: { path: ConfigPath; message: string }[] = [...filled.problems];
  // A value that could not be filled in is one problem, not two.
  const isToldAlready = (path: ConfigPath): boolean => filled.problems.some((one) => String(one.path) === String(path));
  const add = (more: readonly { path: ConfigPath; message: string }[]): void => {
    problems.push(...more.filter((problem) => !isToldAlready(problem.path)));
  };
  if (!checked.success) add(problemsOf(checked.error.issues, raw, knownKeys));
  const folder = dirname(file.path);
  add(checkAddresses(filled.value, folder));
  const jobs = await checkJobs(filled.value, raw, registry);
  add(jobs.problems);
  const located: Problem[] = problems.map((problem) => ({ ...problem, line: parsed.locate(problem.path) }));
  throwProblems(located, basename(file.path));
  if (!checked.success) throw new ConfigurationError(`${file.path} is not a valid configuration`);
  return assemble(host, checked.data, jobs.jobs, { path: file.path, folder, raw, mode: file.mode }, filled.secrets);
}

function fromEnvironmentAlone(host: Host): Config {
  if (readBlogEnvironment(host).database === null) {
    throw new ConfigurationError(
      `no configuration: looked for ${configPlaces(host).join(', ')}, and the environment has no IZONE_MYSQL_HOST`,
      { hint: 'Write one with "blogctl init", name one with --config, or try "blogctl demo".' },
    );
  }
  const general = configSchema.parse({});
  return assemble(host, general, new Map(), { path: null, folder: host.workingDirectory, raw: {}, mode: 0o600 }, []);
}

interface Source {
  readonly path: string | null;
  readonly folder: string;
  readonly raw: unknown;
  readonly mode: number;
}

function assemble(
  host: Host,
  general: GeneralConfig,
  jobs: Config['jobs'],
  source: Source,
  filledSecrets: readonly string[],
): Config {
  const environment = readBlogEnvironment(host);
  const database = general.database ?? environment.database;
  if (database === null) {
    throw new ConfigurationError(
      `database: ${source.path ?? 'the configuration'} names no database, and the environment has no IZONE_MYSQL_HOST`,
      { hint: 'Add a line such as "database: sqlite:/srv/blog/blog.db".' },
    );
  }
  const cache = general.cache ?? environment.cache ?? 'django-db:django_cache';
  const addresses = [database, cache, general.state.database ?? ''];
  return {
    path: source.path,
    folder: source.folder,
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
    jobs,
    secrets: [...filledSecrets, ...environment.secrets, ...addresses.flatMap(passwordsOf)],
    warnings: warningsOf(source),
  };
}

function warningsOf(source: Source): string[] {
  const isReadByOthers = (source.mode & 0o004) !== 0;
  if (source.path === null || !isReadByOthers || !holdsSecret(source.raw)) return [];
  return [`${source.path} holds secrets and every user of this machine may read it: run chmod 600 ${source.path}`];
}
