import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrationNames, newestMigration } from '../../src/runner/tables/names.ts';
import { openSite } from './site.ts';

test('tables shows, prints and makes what is missing', async () => {
  const site = await openSite();

  const none = await site.blogctl(['tables']);
  const sql = await site.blogctl(['tables', '--sql']);
  const asJson = await site.json(['tables', '--sql']);
  const planned = await site.blogctl(['tables', 'create', '--dry-run']);
  const stillNone = await site.json(['tables']);
  const made = await site.blogctl(['tables', 'create']);
  const again = await site.blogctl(['tables', 'create']);
  const all = await site.json(['tables']);

  expect(none.stdout).toContain("none of blogctl's tables is there yet; the first run makes them");
  expect(sql.stdout).toContain('create table "blogctl_run"');
  expect(asJson).toMatchObject({ applied: [], missing: migrationNames });
  expect(asJson['sql']).toHaveLength(sql.stdout.trimEnd().split('\n').length);
  expect(planned.stdout).toMatch(/^would be made in /);
  expect(planned.stdout.endsWith(`: ${migrationNames.join(', ')}\n`)).toBe(true);
  expect(stillNone).toMatchObject({ applied: [] });
  expect(made.stdout).toMatch(/^made in /);
  expect(made.stdout.endsWith(`${newestMigration}\n`)).toBe(true);
  expect(again.stdout).toMatch(/^nothing to make in /);
  expect(all).toMatchObject({ missing: [] });
  expect((await site.blogctl(['tables', '--sql'])).stdout).toBe('');
});

test('tables --sql may be run by an administrator, and blogctl works on them', async () => {
  const site = await openSite();
  const { stdout: sql } = await site.blogctl(['tables', '--sql', '--all']);
  const file = new Sqlite(join(site.folder, 'blog.db'));
  file.exec(sql);
  file.close();

  const run = await site.blogctl(['run', 'warm-cache']);

  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(await site.runs()).toMatchObject([{ status: 'succeeded' }]);
});

test('tables --all alone is refused', async () => {
  const site = await openSite();

  const { code, stderr } = await site.blogctl(['tables', '--all']);

  expect(code).toBe(2);
  expect(stderr).toContain('--all: expected --sql beside it');
});
