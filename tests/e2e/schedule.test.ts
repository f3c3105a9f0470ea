import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openSite, type Site } from './site.ts';

/** A draft of the demo blog. */
const draft = 'draft-book-notes-template';
const planned = { BLOGCTL_NOW: '2026-03-18T14:05:09+08:00' };
const due = { BLOGCTL_NOW: '2026-03-18T14:10:03+08:00' };

async function siteWithHook(script: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const site = await openSite({ env });
  const hook = join(site.folder, 'hook.sh');
  writeFileSync(hook, ['#!/bin/sh', ...script, ''].join('\n'));
  chmodSync(hook, 0o755);
  const config = readFileSync(site.config, 'utf8').replace(
    '{ warm-cache: {} }',
    '{ publish-due: { hook: [./hook.sh] } }',
  );
  writeFileSync(site.config, config);
  return { site, told: join(site.folder, 'told') };
}

function article({ folder }: Site): Record<string, unknown> {
  const file = new Sqlite(join(folder, 'blog.db'), { readonly: true });
  try {
    const columns = 'id, is_publish, create_date, update_date';
    const found = file.prepare<string, Record<string, unknown>>(`select ${columns} from blog_article where slug = ?`);
    return found.get(draft) ?? {};
  } finally {
    file.close();
  }
}

describe('a draft that is planned', () => {
  test('comes out by the line of the crontab, on a machine in any zone, and its hook runs', async () => {
    const { site, told } = await siteWithHook(
      ['echo "$BLOGCTL_ARTICLE_SLUG $BLOGCTL_ARTICLE_TITLE $(date +%Z)" >> told'],
      { TZ: 'America/New_York' },
    );

    const plan = await site.blogctl(['schedule', 'publish', draft, '--at', '2026-03-18 14:10'], {
      env: planned,
    });
    const run = await site.blogctl(['run', 'publish-due', '--scheduled'], { env: due });
    const again = await site.blogctl(['run', 'publish-due', '--scheduled'], { env: due });

    expect(plan).toMatchObject({ code: 0, stderr: '' });
    expect(plan.stdout).toContain('at 2026-03-18 14:10:00 (Asia/Shanghai), in 4 min 51 s\n');
    expect(run).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(again).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const hour = '2026-03-18 14:10:03';
    expect(article(site)).toMatchObject({ is_publish: 1, create_date: hour, update_date: hour });
    expect(readFileSync(told, 'utf8')).toMatch(/^draft-book-notes-template \S+ E[SD]T\n$/);
  });

  test('is finished by the next run where the first was killed in the middle of its hook', async () => {
    const { site, told } = await siteWithHook([
      'echo "$BLOGCTL_ARTICLE_SLUG" >> told',
      'test $(wc -l < told) = 1 && kill -9 $PPID',
      'exit 0',
    ]);
    await site.blogctl(['schedule', 'publish', draft, '--at', '2026-03-18 14:10'], { env: planned });

    const killed = await site.blogctl(['publish-due'], { env: due });
    const between = await site.json<{ publications: unknown[] }>(['schedule', 'list'], { env: due });
    const next = await site.blogctl(['publish-due'], { env: { BLOGCTL_NOW: '2026-03-18T14:11:00+08:00' } });

    expect(killed.signal).toBe('SIGKILL');
    expect(between.publications).toMatchObject([{ status: 'publishing' }]);
    expect(next).toMatchObject({ code: 0 });
    expect(next.stdout).toMatch(/^0 articles published, 1 article of an earlier run finished \(/);
    const hour = '2026-03-18 14:10:03';
    expect(article(site)).toMatchObject({ is_publish: 1, create_date: hour, update_date: hour });
    expect(readFileSync(told, 'utf8')).toBe(`${draft}\n${draft}\n`);
    expect(await site.json(['schedule', 'list', '--all'], { env: due })).toMatchObject({
      publications: [{ status: 'published', note: null }],
    });
    expect((await site.runs()).map(({ status }) => status)).toEqual(['succeeded', 'crashed']);
  });

  test('whose hook fails under cron is told on standard error, once for each attempt', async () => {
    const { site } = await siteWithHook(['echo 坏了 >&2', 'exit 7']);
    await site.blogctl(['schedule', 'publish', draft, '--at', '2026-03-18 14:10'], { env: planned });

    const run = await site.blogctl(['run', 'publish-due', '--scheduled'], { env: due });

    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toContain(
      `warn  hook failed article=${String(article(site)['id'])} hook=./hook.sh reason="exit code 7" output=坏了\n`,
    );
  });

  test('is not published, and its hook not started, by a dry run', async () => {
    const { site, told } = await siteWithHook(['touch told']);
    await site.blogctl(['schedule', 'publish', draft, '--at', '2026-03-18 14:10'], { env: planned });

    const dry = await site.blogctl(['publish-due', '--dry-run'], { env: due });

    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/^would publish article \d+ \(draft-book-notes-template\)\n/);
    expect(dry.stdout).toContain('would run hook ./hook.sh for article ');
    expect(article(site)).toMatchObject({ is_publish: 0 });
    expect(existsSync(told)).toBe(false);
  });
});

test.each([
  { args: ['schedule'], code: 2, said: 'schedule' },
  { args: ['schedule', 'publsh', '1'], code: 2, said: 'publish' },
  { args: ['schedule', 'publish', draft, '--at', 'soon'], code: 2, said: 'got "soon"' },
  { args: ['schedule', 'publish', draft, '--at', '2026-12-01', '08:00'], code: 2, said: '--at "2026-12-01 08:00"' },
  { args: ['schedule', 'publish', '1', '--at', '2046-12-01 08:00'], code: 1, said: 'is published already' },
  { args: ['schedule', 'cancel', draft], code: 1, said: 'nothing is planned for article ' },
  { args: ['publish-now'], code: 2, said: 'it needs an article' },
  { args: ['publish-now', 'nope'], code: 1, said: 'there is no article of this id or slug: nope' },
  {
    args: ['publish-now', draft, '--hook', ''],
    code: 2,
    said: '--hook: expected the path of a program in the first place',
  },
  {
    args: ['publish-due', '--hook-timeout', '0s'],
    code: 2,
    said: '--hook-timeout: expected a length of time of at least 1s',
  },
])('bad input gets a sentence and an exit code: $args', async ({ args, code, said }) => {
  const site = await openSite();

  const result = await site.blogctl(args);

  expect(result).toMatchObject({ code, stdout: '' });
  expect(result.stderr).toContain(said);
  expect(result.stderr).not.toMatch(/\n\s+at .+:\d+/);
});
