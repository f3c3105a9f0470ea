import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { demoBlog, describeBlog, useBlog } from '../helpers/blog.ts';
import type { CliOptions, CliResult } from '../helpers/cli.ts';
import { useMariadb, useRedis } from '../helpers/servers/use.ts';
import { fakeCrontab, type FakeCrontab } from '../schedule/fake-crontab.ts';
import { installCopy } from './installed-copy.ts';
import { betweenTicks, openSite, type Site, type SiteOptions } from './site.ts';
import { useSlowRedis } from './slow-redis.ts';

/** Each sign between the words means something in an address, in YAML, or to a shell: a part must not slip out either. */
const secrets = {
  database: "badger4711@magpie4712/weasel4713:otter'4714",
  redis: 'marten5711#lynx5712?heron5713%20stoat5714',
  state: 'walrus6711&bittern6712=plover6713 curlew6714',
  variable: 'ferret7711@dunlin7712$godwit7713\\whimbrel7714',
};

/** Every way in which a part of a secret could be shown. */
const traces = Object.values(secrets).flatMap((secret) => [
  ...(secret.match(/[a-z]{4,}\d{4}/g) ?? []),
  encodeURIComponent(secret),
  btoa(secret).replace(/=+$/, ''),
]);

function tracesIn(text: string): string[] {
  return traces.filter((trace) => text.includes(trace));
}

function filesOf(folder: string): string {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return all.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}

describeBlog(
  'mysql',
  'four secrets',
  () => {
    const blog = useBlog(() => demoBlog('mysql'));
    const state = useMariadb();
    const redis = useRedis({ password: secrets.redis });
    const line = useSlowRedis(redis);
    let administrator: mysql.Connection;
    const users = { database: `blog_${process.pid}`, state: `state_${process.pid}` };

    beforeAll(async () => {
      administrator = await mysql.createConnection(state().url);
      for (const kind of ['database', 'state'] as const) {
        const whom = mysql.format("?@'%'", [users[kind]]);
        await administrator.query(`create user ${whom} identified by ${mysql.escape(secrets[kind])}`);
        await administrator.query(`grant all on *.* to ${whom}`);
      }
    });
    afterAll(async () => {
      for (const user of Object.values(users)) await administrator.query("drop user ?@'%'", [user]);
      await administrator.end();
    });

    /** A site that has one secret from the environment and one from a file. */
    async function secretSite(options: SiteOptions = {}): Promise<Site & { readonly crontab: FakeCrontab }> {
      const crontab = await fakeCrontab();
      onTestFinished(() => crontab.remove());
      const { port, pathname } = new URL(blog().url);
      const file = join(dirname(crontab.command), 'redis-secret');
      writeFileSync(file, `${secrets.redis}\n`, { mode: 0o600 });
      const site = await openSite({
        database: `mysql://${users.database}:\${env:DB_PASSWORD}@127.0.0.1:${port}${pathname}`,
        cache: `redis://:\${file:${file}}@127.0.0.1:${new URL(line().url).port}/0`,
        ...options,
        env: {
          ...betweenTicks,
          DB_PASSWORD: secrets.database,
          PATH: `${dirname(crontab.command)}:/usr/bin:/bin`,
          ...options.env,
        },
      });
      return { ...site, crontab };
    }

    function stateLine(name = state().name): string {
      const password = encodeURIComponent(secrets.state);
      return `state: { database: "mysql://${users.state}:${password}@127.0.0.1:${state().server.port}/${name}" }`;
    }

    /** Runs each command with all that there is to show, for people and for machines. */
    async function everyWay(site: Site, commands: readonly string[], options?: CliOptions): Promise<CliResult[]> {
      const results: CliResult[] = [];
      for (const command of commands) {
        for (const more of [['--verbose'], ['--verbose', '--json']]) {
          results.push(await site.blogctl([...command.split(' '), ...more], options));
        }
      }
      return results;
    }

    function shownBy(results: readonly CliResult[]): string {
      return results.map(({ stdout, stderr }) => stdout + stderr).join('\n');
    }

    test('are in no output, record, crontab or kept configuration of runs that go well', async () => {
      line().letGo();
      const site = await secretSite({ more: '' });
      const literal = await secretSite({ more: stateLine() });
      const commands = ['warm-cache --dry-run --force', 'warm-cache --force', 'history', 'install', 'install show'];

      const results = [...(await everyWay(site, commands)), ...(await everyWay(literal, commands))];

      expect(results.map(({ code }) => code)).toEqual(results.map(() => 0));
      expect(tracesIn(shownBy(results))).toEqual([]);
      expect(tracesIn(filesOf(site.home) + filesOf(literal.home))).toEqual([]);
      expect(filesOf(site.home)).toContain('${env:DB_PASSWORD}');
      const tables = `${await site.crontab.table()}${await literal.crontab.table()}`;
      expect(tables).toContain('run warm-cache --scheduled');
      expect(tracesIn(tables)).toEqual([]);
      const [records] = await administrator.query('select * from blogctl_run');
      expect(tracesIn(JSON.stringify([records, await blog().rows('select * from blogctl_run')]))).toEqual([]);
      expect(records).not.toEqual([]);
    });

    test.each([
      { what: 'the database refuses it', options: { env: { DB_PASSWORD: `${secrets.database}-not` } }, code: 1 },
      {
        what: 'the cache refuses it',
        options: { cache: `redis://:${encodeURIComponent(secrets.variable)}@HERE` },
        code: 1,
      },
      { what: 'the database is down', options: { database: 'mysql://u:${env:DB_PASSWORD}@127.0.0.1:9/x' }, code: 1 },
      {
        what: 'the host is unknown',
        options: { database: 'postgres://u:${env:DB_PASSWORD}@nowhere.invalid/x' },
        code: 1,
      },
      { what: 'it is not encoded', options: { database: `"mysql://u:${secrets.state}@127.0.0.1:9/x"` }, code: 1 },
      { what: 'the address is none', options: { database: `"mysql:/u:${secrets.state}@127.0.0.1/x"` }, code: 2 },
      {
        what: 'it stands in the wrong place',
        options: { blog: `{ name: "mysql://u:${secrets.state}@127.0.0.1/x" }` },
        code: 2,
      },
      {
        what: 'the YAML is broken',
        options: { more: `state: { database: "mysql://u:${secrets.state}@127.0.0.1/x }` },
        code: 2,
      },
      { what: 'another key is unknown', options: { more: `pasword: "${secrets.state}"` }, code: 2 },
    ])('are in no failure where $what', async ({ options, code }) => {
      const here = `127.0.0.1:${redis().port}/0`;
      const site = await secretSite('cache' in options ? { cache: options.cache.replace('HERE', here) } : options);

      const results = await everyWay(site, ['warm-cache', 'run warm-cache --scheduled']);

      expect(results.map((result) => result.code)).toEqual(results.map(() => code));
      expect(tracesIn(shownBy(results))).toEqual([]);
      expect(tracesIn(filesOf(site.home))).toEqual([]);
    });

    test("are in no failure of the container's own variables, nor in what init writes from them", async () => {
      const site = await secretSite();
      const { port, pathname } = new URL(blog().url);
      const env = {
        IZONE_MYSQL_HOST: '127.0.0.1',
        IZONE_MYSQL_PORT: port,
        IZONE_MYSQL_NAME: pathname.slice(1),
        IZONE_MYSQL_USER: 'nobody',
        IZONE_MYSQL_PASSWORD: secrets.variable,
      };
      writeFileSync(site.config, 'jobs: { warm-cache: {} }\n');

      const refused = await everyWay(site, ['warm-cache', 'init --output new.yaml'], { env });
      const written = await site.blogctl(['init', '--output', 'new.yaml', '--skip-check'], { env });

      expect(refused.map(({ code }) => code)).toEqual(refused.map(() => 1));
      expect(tracesIn(shownBy([...refused, written]))).toEqual([]);
      const text = readFileSync(join(site.folder, 'new.yaml'), 'utf8');
      expect(text).toContain('mysql://nobody:${env:IZONE_MYSQL_PASSWORD}@127.0.0.1');
      expect(tracesIn(text)).toEqual([]);
    });

    test.each([
      {
        what: 'logs and throws',
        run: 'context.log.warn(all, { all }); throw new Error(all, { cause: new Error(all) })',
      },
      {
        what: 'returns',
        run:
          "await context.change({ what: 'set', target: all, after: all }, async () => 0);" +
          " return { summary: all, counts: {}, findings: [{ kind: 'leak', target: all, message: all }] }",
      },
    ])('are struck out of what a careless action $what', async ({ run }) => {
      const site = await secretSite({ jobs: '{ careless: {} }', more: stateLine() });
      const { launcher, actions } = installCopy(join(site.folder, 'copy'));
      const all = JSON.stringify([secrets.database, secrets.redis, secrets.state].join(' | '));
      const action = `{ ...require('./warm-cache.cjs').default, run: async (context) => { const all = ${all}; ${run} } }`;
      writeFileSync(join(actions, 'careless.cjs'), `module.exports = { default: ${action} };`);

      const results = await everyWay(site, ['careless', 'careless --dry-run', 'history'], { launcher });

      expect(shownBy(results)).toContain('*** | *** | ***');
      expect(tracesIn(shownBy(results))).toEqual([]);
      const [records] = await administrator.query("select * from blogctl_run where job = 'careless'");
      expect(records).not.toEqual([]);
      expect(tracesIn(JSON.stringify(records))).toEqual([]);
    });

    test('are in the arguments of no process', async () => {
      const site = await secretSite({ jobs: '{ warm-cache: { concurrency: 1, force: true } }' });
      line().slowDown();

      const running = site.start(['run', 'warm-cache']);
      await line().reached();
      const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
      const commands = processes.map((pid) => commandOf(pid));
      running.kill('SIGTERM');
      await running.ended;

      expect(commands.join('\n')).toContain('warm-cache');
      // The servers of these tests have theirs in their arguments; blogctl and its children have not.
      expect(tracesIn(commands.filter((command) => !command.includes('redis-server')).join('\n'))).toEqual([]);
    });
  },
  ['mariadb', 'redis'],
);

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
