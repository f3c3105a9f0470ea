import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createBlogTime } from '../blog/time.ts';
import { exitCodes, FailedError, messageOf } from '../core/errors.ts';
import type { Host } from '../core/host.ts';
import { plainJson } from '../core/plain-text.ts';
import { createBlogSchema } from '../demo/schema.ts';
import { seedDemoBlog, type DemoCounts } from '../demo/seed.ts';
import { openDatabase } from '../resources/database/open.ts';
import { defineCommand, type CommandContext } from '../runner/command.ts';
import { loadConfig } from '../runner/config/load.ts';
import { exampleConfig } from '../runner/config/example.ts';
import { execute } from '../runner/execute.ts';
import { jobOrDefaults } from '../runner/config/config.ts';

const zone = 'Asia/Shanghai';
const siteDomain = 'blog.example.test';
const mark = '# A demo blog made by "blogctl demo"; the folder may be deleted at any time.';

export default defineCommand({
  summary: 'make a demo blog to play with; needs no server',
  details: [
    "Makes a folder with a small blog in SQLite (izone's tables, some fifty articles, comments, sessions, friends, feeds),",
    'writes a configuration for it and warms its cache. Made again, an earlier demo in the folder is replaced; a folder',
    'that holds anything else is left alone.',
  ].join(' '),
  examples: [
    { command: 'blogctl demo', meaning: 'make ./demo-blog' },
    { command: 'blogctl demo /tmp/blog --dry-run', meaning: 'show what would be made' },
  ],
  operands: [{ name: '[folder]', description: 'where (default: ./demo-blog)' }],

  run: async (context) => {
    const { host, general, operands } = context;
    const folder = resolve(host.workingDirectory, operands[0] ?? 'demo-blog');
    const paths = { database: join(folder, 'blog.db'), config: join(folder, 'blogctl.yaml') };
    refuseForeignFolder(folder, paths.config);
    if (general.dryRun) {
      const made = Object.values(paths);
      if (general.json) host.print(`${plainJson({ dryRun: true, folder, files: made }, 2)}\n`);
      else if (!general.quiet) host.print(made.map((path) => `would make ${path}\n`).join(''));
      return exitCodes.done;
    }
    makeFolder(folder);
    writeFileSync(paths.config, await configText(context), { mode: 0o600 });
    const counts = await makeBlog(paths.database, host);
    if (!general.quiet && !general.json) host.print(`${countsText(folder, counts)}\n`);
    const config = await loadConfig(host, context.registry, { given: paths.config, dryRun: false });
    const action = await context.registry.loadAction('warm-cache');
    if (action === null) throw new Error('the action warm-cache is missing');
    const job = jobOrDefaults(config, 'warm-cache');
    const code = await execute({ config, job, action, given: {}, general, isScheduled: false, isSilent: false }, host);
    if (code === exitCodes.done && !general.quiet && !general.json) host.print(nextText(paths.config, host));
    return code;
  },
});

function refuseForeignFolder(folder: string, config: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new FailedError(`${folder} is there already and is no folder`);
  const isEmpty = readdirSync(folder).length === 0;
  const isDemo = existsSync(config) && readFileSync(config, 'utf8').startsWith(mark);
  if (isEmpty || isDemo) return;
  throw new FailedError(`${folder} is not empty and holds no demo blog; nothing was changed`, {
    hint: 'Name another folder: blogctl demo FOLDER',
  });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    // An earlier demo goes, its side files too: a journal of the old database must not meet the new one.
    for (const name of readdirSync(folder)) if (name.startsWith('blog.db')) rmSync(join(folder, name));
  } catch (error) {
    throw new FailedError(`${folder} cannot be made: ${messageOf(error)}`, { cause: error });
  }
}

async function makeBlog(path: string, host: Host): Promise<DemoCounts> {
  // An empty file is an empty database; blogctl itself never makes one where a blog was expected.
  writeFileSync(path, '');
  const database = await openDatabase({ url: `sqlite:${path}`, folder: '/', readOnly: false, zone });
  try {
    await createBlogSchema(database.query, 'sqlite');
    const now = createBlogTime(zone, host.clock.nowMs, host.zoneOffsetMs).now();
    return await seedDemoBlog(database.query, 'sqlite', { now, siteDomain, seed: 1 });
  } finally {
    await database.close();
  }
}

async function configText({ host, registry }: CommandContext): Promise<string> {
  const actions = [];
  for (const name of registry.actionNames()) {
    const action = await registry.loadAction(name);
    if (action !== null) actions.push({ name, action });
  }
  const text = exampleConfig({
    schemaPath: join(dirname(host.launcherPath), '..', 'config', 'blogctl.schema.json'),
    blog: { name: 'demo-blog', timezone: zone },
    database: 'sqlite:blog.db',
    cache: 'django-db:django_cache',
    actions,
  });
  return `${mark}\n${text}`;
}

function countsText(folder: string, counts: DemoCounts): string {
  const told = [
    [counts.blog_article, 'articles'],
    [counts.comment_articlecomment, 'comments'],
    [counts.blog_friendlink, 'friends'],
    [counts.blog_feedhub, 'feeds'],
    [counts.django_session, 'sessions'],
    [counts.django_celery_results_taskresult, 'task results'],
  ];
  return `made a demo blog in ${folder}: ${told.map(([count, name]) => `${count} ${name}`).join(', ')}`;
}

function nextText(config: string, host: Host): string {
  const program = host.isInstalled ? 'blogctl' : `node ${host.launcherPath}`;
  return [
    '',
    'Its configuration to play with:',
    `  ${config}`,
    'Try:',
    `  ${program} warm-cache --dry-run --force --config ${config}`,
    `  ${program} views --config ${config}`,
    `  ${program} history --config ${config}`,
    `  ${program} install --dry-run --config ${config}`,
    '',
  ].join('\n');
}
