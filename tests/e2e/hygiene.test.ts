import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { launcherPath } from '../helpers/cli.ts';
import { openSite, type Site } from './site.ts';

/** Runs a line of shell in which `blogctl` is the program; it prints the exit codes of the parts of its last pipe. */
async function inShell(site: Site, line: string): Promise<{ stdout: string; stderr: string }> {
  const script = `blogctl() { '${process.execPath}' '${launcherPath}' "$@" --config '${site.config}'; }
${line}
echo "codes \${PIPESTATUS[*]}"`;
  const env = { PATH: '/usr/bin:/bin', HOME: site.home };
  return promisify(execFile)('/bin/bash', ['-c', script], { env, cwd: site.folder, timeout: 50_000 });
}

function filesIn(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => !entry.isDirectory());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}

describe('a reader that has seen enough', () => {
  test.each([
    { what: 'a long plan', command: 'warm-cache --dry-run --verbose', first: /^would create table django_cache\n/ },
    { what: 'a long document', command: 'warm-cache --dry-run --json', first: /^\{\n/ },
    { what: 'a help page', command: 'warm-cache --help', first: /^Usage: blogctl warm-cache/ },
  ])('of $what does no harm', async ({ command, first }) => {
    const site = await openSite();

    const { stdout, stderr } = await inShell(site, `blogctl ${command} | head -1`);

    expect(stdout).toMatch(first);
    expect(stdout).toMatch(/\ncodes 0 0\n$/);
    expect(stderr).toBe('');
  });

  test('keeps no run from being done', async () => {
    const site = await openSite();

    const { stdout } = await inShell(site, 'blogctl warm-cache --json | true');

    expect(stdout).toMatch(/^codes \d+ 0\n$/);
    expect(await site.runs()).toMatchObject([{ status: 'succeeded', counts: { set: 58 } }]);
  });

  test('on stderr keeps no run from being done either', async () => {
    const site = await openSite();

    const { stdout } = await inShell(site, 'blogctl warm-cache --verbose 2>&1 >/dev/null | true');

    expect(stdout).toMatch(/^codes 0 0\n$/);
    expect(await site.runs()).toMatchObject([{ status: 'succeeded', counts: { set: 58 } }]);
  });
});

test('a full disk behind stdout is a failure, and says so', async () => {
  const site = await openSite();

  const { stdout, stderr } = await inShell(site, 'blogctl warm-cache --json > /dev/full');

  expect(stdout).toMatch(/^codes [1-9]\d*\n$/);
  expect(stderr).toMatch(/^blogctl: the result could not be written: ENOSPC.*\n$/);
});

test('a full disk behind stderr alone keeps no run from being done', async () => {
  const site = await openSite();

  const { stdout } = await inShell(site, 'blogctl warm-cache --verbose 2>/dev/full');

  expect(stdout).toMatch(/^58 articles rendered and set.*\ncodes 0\n$/);
});

test('twenty runs of every kind leave no file but the documented ones', async () => {
  const site = await openSite({ name: 'blog ctl.yaml' });
  const temporary = join(site.home, 'tmp');
  mkdirSync(temporary);
  const env = { TMPDIR: temporary };
  const before = filesIn(site.folder);

  for (let round = 0; round < 4; round += 1) {
    await site.blogctl(['warm-cache'], { env });
    await site.blogctl(['run', 'warm-cache', '--scheduled'], { env });
    await site.blogctl(['warm-cache', '--force', '--timeout', '1s', '--json'], { env });
    await site.blogctl(['warm-cache', 'no-such-slug'], { env });
    await site.blogctl(['history'], { env });
  }

  expect(filesIn(site.folder)).toEqual(
    [...before, 'blog.db-blogctl-tables.lock', 'blog.db-blogctl-warm-cache.lock'].sort(),
  );
  expect(filesIn(site.home)).toEqual([`.cache/blogctl/${encodeURIComponent(site.config)}.json`]);
});

test('a dry run leaves no file at all', async () => {
  const site = await openSite();
  const before = filesIn(site.folder);

  await site.blogctl(['warm-cache', '--dry-run']);
  await site.blogctl(['run', 'warm-cache', '--dry-run']);
  await site.blogctl(['history', '--dry-run']);

  expect(filesIn(site.folder)).toEqual(before);
  expect(filesIn(site.home)).toEqual([]);
});
