import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BlogctlError, ConfigurationError, exitCodes, FailedError, messageOf, UsageError } from '../core/errors.ts';
import type { Host } from '../core/host.ts';
import { plainJson } from '../core/plain-text.ts';
import { defineCommand, type CommandContext } from '../runner/command.ts';
import { readBlogEnvironment } from '../runner/config/environment.ts';
import { exampleConfig } from '../runner/config/example.ts';
import { interpolate } from '../runner/config/interpolate.ts';
import { checkAddresses } from '../runner/config/addresses.ts';
import { meetPerson } from '../runner/init/ask.ts';
import { tryConnections, type Found } from '../runner/init/try-connections.ts';

export default defineCommand({
  summary: 'write a commented configuration after trying the connections',
  details: [
    "Connects to the blog's database and cache, looks whether the blog's tables are there, and writes a configuration",
    'with a comment for each key. What no flag says is asked on a terminal; in an izone container its own variables',
    'answer. An existing file is never overwritten without --force. Passwords may be given as ${env:NAME} or',
    '${file:/path} in single quotes: they are written just so.',
  ].join(' '),
  examples: [
    { command: 'blogctl init', meaning: 'ask, try, write ./blogctl.yaml' },
    { command: 'blogctl init --database sqlite:/srv/blog/blog.db', meaning: "SQLite and Django's database cache" },
    {
      command:
        "blogctl init --database 'mysql://blog:${env:DB_PASSWORD}@127.0.0.1/izone' --cache redis://127.0.0.1:6379/0",
      meaning: 'MySQL and Redis, the password out of the environment',
    },
  ],
  flags: [
    { flags: '--database <url>', description: 'sqlite:/path, mysql://user:password@host/name or postgres://…' },
    { flags: '--cache <url>', description: 'redis://host:6379/0 or django-db:table (default: django-db:django_cache)' },
    { flags: '--name <name>', description: "marks the blog's block in the crontab (default: the database's name)" },
    { flags: '--timezone <zone>', description: "the blog's zone (default: Asia/Shanghai)" },
    { flags: '--use-tz', description: "the database holds UTC: Django's USE_TZ" },
    { flags: '--output <file>', description: 'where to write it (default: ./blogctl.yaml)' },
    { flags: '--force', description: 'overwrite an existing file' },
    { flags: '--skip-check', description: 'write it even where a connection fails' },
  ],

  run: async (context) => {
    const { host, general } = context;
    const answers = await readAnswers(context);
    const path = resolve(host.workingDirectory, answers.output);
    const found = answers.isUnchecked ? null : await check(answers, path, host);
    const text = await render(answers, context);
    if (!general.dryRun) writeNew(path, text, answers.isForced);
    if (general.json) host.print(`${plainJson({ path, dryRun: general.dryRun, found }, 2)}\n`);
    else if (general.dryRun) host.print(text);
    else if (!general.quiet) host.print(doneText(path, found));
    return exitCodes.done;
  },
});

interface Answers {
  readonly database: string;
  readonly cache: string;
  readonly blog: Readonly<Record<string, string>>;
  readonly output: string;
  readonly isForced: boolean;
  readonly isUnchecked: boolean;
}

async function readAnswers(context: CommandContext): Promise<Answers> {
  const { general, flags } = context;
  const text = (name: string): string | undefined => flags[name] as string | undefined;
  const { database, cache } = await readAddresses(context, text('database'), text('cache'));
  const blog: Record<string, string> = {};
  for (const [key, value] of [
    ['name', text('name')],
    ['timezone', text('timezone')],
    ['useTz', flags['useTz'] === true ? 'true' : undefined],
  ] as const) {
    if (value !== undefined) blog[key] = value;
  }
  blog['timezone'] ??= 'Asia/Shanghai';
  blog['useTz'] ??= 'false';
  return {
    database,
    cache,
    blog,
    output: text('output') ?? general.config ?? 'blogctl.yaml',
    isForced: flags['force'] === true,
    isUnchecked: flags['skipCheck'] === true,
  };
}

// From the flags, else from an izone container's own variables, else from the person at the terminal.
async function readAddresses(
  { host, general }: CommandContext,
  database: string | undefined,
  cache: string | undefined,
): Promise<{ readonly database: string; readonly cache: string }> {
  const environment = readBlogEnvironment(host);
  const own = environment.database === null ? null : withoutPassword(environment.database);
  const knownDatabase = database ?? own;
  const knownCache = cache ?? environment.cache;
  if (knownDatabase !== null && knownCache !== null) return { database: knownDatabase, cache: knownCache };
  if (!host.stdoutIsTerminal || !host.stdinIsTerminal || general.json) {
    if (knownDatabase !== null) return { database: knownDatabase, cache: defaultCache };
    throw new UsageError(
      'init needs to know the database: give --database, such as --database sqlite:/srv/blog/blog.db',
      {
        hint: 'On a terminal it asks; in an izone container it reads IZONE_MYSQL_HOST and its like.',
      },
    );
  }
  const person = meetPerson();
  try {
    return {
      database: knownDatabase ?? (await person.ask('The address of the database', 'sqlite:/srv/blog/blog.db')),
      cache: knownCache ?? (await person.ask('The address of the cache', defaultCache)),
    };
  } finally {
    person.leave();
  }
}

const defaultCache = 'django-db:django_cache';

// The container's own variable holds the password; the file need not.
function withoutPassword(url: string): string {
  return url.replace(/^(mysql:\/\/[^:@]*):[^@]*@/, '$1:${env:IZONE_MYSQL_PASSWORD}@');
}

async function check(answers: Answers, path: string, host: Host): Promise<Found> {
  const filled = interpolate({ database: answers.database, cache: answers.cache }, host);
  const problems = [...filled.problems, ...checkAddresses(filled.value, dirname(path))];
  if (problems.length > 0) {
    throw new UsageError(problems.map((problem) => `--${String(problem.path[0])}: ${problem.message}`).join('\n'));
  }
  const { database, cache } = filled.value as { database: string; cache: string };
  const { timezone = 'Asia/Shanghai', useTz } = answers.blog;
  try {
    return await tryConnections({ database, cache, timezone, useTz: useTz === 'true', folder: dirname(path) }, host);
  } catch (error) {
    if (!(error instanceof BlogctlError)) throw error;
    throw new FailedError(`${messageOf(error)}; nothing was written`, {
      hint: error.hint ?? 'Mend the address, or write the file anyway with --skip-check.',
      cause: error,
    });
  }
}

async function render(answers: Answers, { host, registry }: CommandContext): Promise<string> {
  const actions = [];
  for (const name of registry.actionNames()) {
    const action = await registry.loadAction(name);
    if (action !== null) actions.push({ name, action });
  }
  const schemaPath = join(dirname(host.launcherPath), '..', 'config', 'blogctl.schema.json');
  return exampleConfig({ schemaPath, blog: answers.blog, database: answers.database, cache: answers.cache, actions });
}

function writeNew(path: string, text: string, isForced: boolean): void {
  try {
    // Readable by its owner alone: sooner or later a password is written into it. A file that is there keeps its mode.
    if (isForced && existsSync(path)) chmodSync(path, 0o600);
    writeFileSync(path, text, { mode: 0o600, flag: isForced ? 'w' : 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EEXIST') {
      throw new ConfigurationError(`${path} is there already; nothing was written`, {
        hint: 'Overwrite it with --force.',
      });
    }
    throw new FailedError(`${path} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

function doneText(path: string, found: Found | null): string {
  const lines = found === null ? [] : [`${found.database}: ${found.articles} articles`, `cache: ${found.cache}`];
  lines.push(`wrote ${path}`, `next: blogctl warm-cache --dry-run --config ${path}`);
  return `${lines.join('\n')}\n`;
}
