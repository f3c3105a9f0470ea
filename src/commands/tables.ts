import type { Dialect } from '../core/database.ts';
import { exitCodes, UsageError } from '../core/errors.ts';
import { isoUtc } from '../core/host.ts';
import { plainJson } from '../core/plain-text.ts';
import { parseDatabaseUrl } from '../resources/database/url.ts';
import { openDatabase } from '../resources/database/open.ts';
import { defineCommand, type CommandContext } from '../runner/command.ts';
import type { Config } from '../runner/config/config.ts';
import { loadConfig } from '../runner/config/load.ts';
import { storedZone } from '../runner/open-resources.ts';
import { missingOf, tablesAsSql } from '../runner/tables/as-sql.ts';
import { appliedMigrations, ensureTables } from '../runner/tables/ensure.ts';

export default defineCommand({
  summary: "show, print or make blogctl's own tables",
  details: [
    "blogctl keeps its records in tables named blogctl_…, beside the blog's or in the database that state.database names. The",
    'first run makes them by itself. Where its account may not create tables, have the SQL run by one that may: --sql prints',
    'what is missing, --sql --all all of it. What is there already is never touched.',
  ].join(' '),
  examples: [
    { command: 'blogctl tables', meaning: 'where they are, and whether all are there' },
    { command: 'blogctl tables --sql | mysql -u root izone', meaning: 'have an administrator make them' },
    { command: 'blogctl tables create', meaning: 'make them now' },
  ],
  flags: [
    { flags: '--sql', description: 'print the SQL that makes what is missing' },
    { flags: '--all', description: 'with --sql: as for a new database, without asking it' },
  ],
  subcommands: {
    create: defineCommand({
      summary: "make blogctl's own tables, as the first run would",
      details: "Makes what is missing of blogctl's own tables; doing it twice changes nothing.",
      examples: [{ command: 'blogctl tables create --dry-run', meaning: 'show which would be made' }],
      run: create,
    }),
  },

  run: async (context) => {
    const { host, general, flags } = context;
    const config = await configOf(context);
    if (flags['all'] === true && flags['sql'] !== true) throw new UsageError('--all: expected --sql beside it');
    const { dialect, user } = addressOf(config);
    const now = isoUtc(host.clock.nowMs());
    if (flags['all'] === true) {
      host.print(sqlText(await tablesAsSql(dialect, [], now, user)));
      return exitCodes.done;
    }
    const { name, applied } = await look(config);
    const missing = missingOf(applied);
    const statements = flags['sql'] === true ? await tablesAsSql(dialect, applied, now, user) : null;
    if (general.json) {
      const sql = statements === null ? {} : { sql: statements };
      host.print(`${plainJson({ database: name, applied, missing, ...sql }, 2)}\n`);
    } else if (statements !== null) host.print(sqlText(statements));
    else if (!general.quiet) host.print(`${sentence(name, applied, missing)}\n`);
    return general.exitCode && missing.length > 0 ? exitCodes.changesOrFindings : exitCodes.done;
  },
});

async function create(context: CommandContext): Promise<number> {
  const { host, general } = context;
  const config = await configOf(context);
  const { name, applied } = await look(config);
  const missing = missingOf(applied);
  if (!general.dryRun && missing.length > 0) {
    const blog = await openDatabase({ ...place(config), url: config.database, readOnly: false });
    try {
      const own = config.state.database === null ? blog : await openDatabase({ ...place(config), readOnly: false });
      try {
        await ensureTables(own, blog);
      } finally {
        if (own !== blog) await own.close();
      }
    } finally {
      await blog.close();
    }
  }
  const done = general.dryRun ? 'would be made' : 'made';
  const text = missing.length === 0 ? `nothing to make in ${name}` : `${done} in ${name}: ${missing.join(', ')}`;
  if (general.json) host.print(`${plainJson({ database: name, dryRun: general.dryRun, made: missing }, 2)}\n`);
  else if (!general.quiet) host.print(`${text}\n`);
  return general.exitCode && missing.length > 0 ? exitCodes.changesOrFindings : exitCodes.done;
}

function configOf({ host, registry, general }: CommandContext): Promise<Config> {
  return loadConfig(host, registry, { given: general.config, dryRun: general.dryRun });
}

function ownUrl(config: Config): string {
  return config.state.database ?? config.database;
}

function addressOf(config: Config): { dialect: Dialect; user: string | null } {
  const address = parseDatabaseUrl(ownUrl(config), config.folder);
  return { dialect: address.dialect, user: 'user' in address ? (address.user ?? null) : null };
}

function place(config: Config): { url: string; folder: string; zone: string } {
  return { url: ownUrl(config), folder: config.folder, zone: storedZone(config) };
}

async function look(config: Config): Promise<{ name: string; applied: readonly string[] }> {
  const database = await openDatabase({ ...place(config), readOnly: true });
  try {
    return { name: database.name, applied: await appliedMigrations(database) };
  } finally {
    await database.close();
  }
}

function sqlText(statements: readonly string[]): string {
  return statements.map((statement) => `${statement}\n`).join('');
}

function sentence(name: string, applied: readonly string[], missing: readonly string[]): string {
  if (missing.length === 0) return `${name}: all of blogctl's tables are there`;
  if (applied.length === 0) return `${name}: none of blogctl's tables is there yet; the first run makes them`;
  return `${name}: missing ${missing.join(', ')}; the next run makes them`;
}
