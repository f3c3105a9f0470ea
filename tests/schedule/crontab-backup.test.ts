import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveBackup } from '../../src/schedule/crontab-backup.ts';
import { CrontabError } from '../../src/schedule/crontab-error.ts';
import { openCrontabStore } from '../../src/schedule/crontab-store.ts';
import { fakeCrontab } from './fake-crontab.ts';

const NOON = Date.UTC(2026, 10, 21, 12, 0, 0, 7);

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'blogctl-backup-'));
});

afterEach(() => rm(directory, { recursive: true }));

test('saves every byte in a file for its owner alone, in a folder it makes', async () => {
  const path = await saveBackup(join(directory, 'a/b'), '# \xff\r\n', NOON);

  expect(path).toBe(join(directory, 'a/b/crontab-20261121T120000007Z'));
  expect(await readFile(path, 'latin1')).toBe('# \xff\r\n');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(directory, 'a/b'))).mode & 0o777).toBe(0o700);
});

test('keeps the newest 20 copies and nothing but copies goes', async () => {
  await writeFile(join(directory, 'crontab-notes'), 'mine');

  for (let second = 0; second < 25; second += 1) await saveBackup(directory, `# ${second}\n`, NOON + second * 1000);

  const files = (await readdir(directory)).sort();
  expect(files).toHaveLength(21);
  expect(files[0]).toBe('crontab-20261121T120005007Z');
  expect(files.at(-1)).toBe('crontab-notes');
});

test('never writes over a copy', async () => {
  const paths = [await saveBackup(directory, '# one\n', NOON), await saveBackup(directory, '# two\n', NOON)];

  expect(await Promise.all(paths.map((path) => readFile(path, 'utf8')))).toEqual(['# one\n', '# two\n']);
});

test('says that nothing was changed where it cannot save', async () => {
  await writeFile(join(directory, 'file'), '');

  await expect(saveBackup(join(directory, 'file'), '# old\n', NOON)).rejects.toThrow(CrontabError);
  await expect(saveBackup(join(directory, 'file'), '# old\n', NOON)).rejects.toThrow(
    /cannot be saved in .*nothing was changed/,
  );
});

test('the store saves the table as it stands', async () => {
  const fake = await fakeCrontab();
  try {
    await fake.setTable('# old\n');

    const path = await openCrontabStore({ command: fake.command }).backup(directory, NOON);

    expect(await readFile(path, 'utf8')).toBe('# old\n');
  } finally {
    await fake.remove();
  }
});
