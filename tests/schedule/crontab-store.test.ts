import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CrontabError } from '../../src/schedule/crontab-error.ts';
import { type CrontabStore, openCrontabStore } from '../../src/schedule/crontab-store.ts';
import { type FakeCrontab, fakeCrontab, type Mood } from './fake-crontab.ts';

const ALL_BYTES = `${Array.from({ length: 255 }, (_, index) => String.fromCharCode(index + 1)).join('')}\r\n# \xff\xfe\n`;

let fake: FakeCrontab;
let store: CrontabStore;

beforeEach(async () => {
  fake = await fakeCrontab();
  store = openCrontabStore({ command: fake.command });
});

afterEach(() => fake.remove());

describe('reading', () => {
  test('gives each byte as one character', async () => {
    await fake.setTable(ALL_BYTES);

    expect(await store.read()).toBe(ALL_BYTES);
  });

  test.each<{ moods: Mood[] }>([{ moods: [] }, { moods: ['cronie'] }, { moods: ['header'] }])(
    'tells carriage returns from the letters that Debian prints for them: $moods',
    async ({ moods }) => {
      const table = "0 1 * * * printf '\\r\\b'\r\n# \b\n";
      await fake.setTable(table);
      await fake.setMoods(...moods);

      const listing = await store.read();

      expect(listing.endsWith(table)).toBe(true);
      expect(listing.length === table.length).toBe(!moods.includes('header'));
    },
  );

  test('refuses to guess where it cannot tell them apart', async () => {
    await fake.setTable('0 1 * * * true\r\n');
    await fake.setMoods('no editor');

    await expect(store.read()).rejects.toThrow(/has "\\r" or "\\b" in it, .* remove them with crontab -e$/);
  });

  test.each<{ moods: Mood[] }>([{ moods: [] }, { moods: ['busybox'] }])(
    'takes having no table for an empty one: $moods',
    async ({ moods }) => {
      await fake.setMoods(...moods);

      expect(await store.read()).toBe('');
    },
  );

  test.each<[Mood, RegExp]>([
    ['broken read', /cannot be read: .*Input\/output error \(exit code 1\)$/],
    ['denied', /may not use crontab, ask the administrator .*cron\.allow/],
  ])('never takes a failure for an empty table: %s', async (mood, message) => {
    await fake.setMoods(mood);

    await expect(store.read()).rejects.toThrow(CrontabError);
    await expect(store.read()).rejects.toThrow(message);
  });

  test('asks for another user’s table with -u', async () => {
    await openCrontabStore({ command: fake.command, user: 'alice' }).read();

    expect(await fake.calls()).toEqual(['-u alice -l']);
  });

  test('says that another user’s table needs root', async () => {
    await fake.setMoods('unprivileged');

    const read = openCrontabStore({ command: fake.command, user: 'alice' }).read();

    await expect(read).rejects.toThrow(/only root may work on another user's crontab, run it with sudo/);
  });

  test('says that there is no such user', async () => {
    await expect(openCrontabStore({ command: fake.command, user: 'nosuch' }).read()).rejects.toThrow(/no such user/);
    expect(() => openCrontabStore({ user: '-l' })).toThrow(/"-l" is no user name/);
  });

  test('says which package brings a missing program', async () => {
    const read = openCrontabStore({ command: join(dirname(fake.command), 'missing') }).read();

    await expect(read).rejects.toThrow(CrontabError);
    await expect(read).rejects.toThrow(
      /there is no program ".*missing" on this machine; install cron .*apt install cron/,
    );
  });

  test('says that the program may not be run', async () => {
    const read = openCrontabStore({ command: join(dirname(fake.command), 'moods') }).read();

    await expect(read).rejects.toThrow(/this user may not run the program/);
  });

  test('gives up on a program that does not answer', async () => {
    await fake.setMoods('hang');

    await expect(openCrontabStore({ command: fake.command, timeoutMs: 200 }).read()).rejects.toThrow(
      /did not answer within 0.2 s/,
    );
  });
});

describe('writing', () => {
  test('installs every byte, from a file that nobody else may read, after a check', async () => {
    await store.write(ALL_BYTES);

    expect(await fake.table()).toBe(ALL_BYTES);
    expect(await fake.calls()).toEqual(['-l', '-h', '-n FILE', 'FILE', '-l', '-e']);
    expect(await readFile(join(dirname(fake.command), 'mode'), 'utf8')).toBe('600\n');
  });

  test('checks with -T on cronie, where -n would set the host of a cluster', async () => {
    await fake.setMoods('cronie');

    await store.write('1 * * * * true\n');

    expect(await fake.calls()).toEqual(['-l', '-h', '-T FILE', 'FILE', '-l']);
  });

  test('leaves the check to the installing where there is no option for it', async () => {
    await fake.setMoods('plain');

    await store.write('1 * * * * true\n');

    expect(await fake.calls()).toEqual(['-l', '-h', 'FILE', '-l']);
  });

  test('writes nothing where nothing changes', async () => {
    await fake.setTable('1 * * * * true\n');

    await store.write('1 * * * * true\n');

    expect(await fake.calls()).toEqual(['-l']);
  });

  test('removes the table where nothing is left, and does not mind that there is none', async () => {
    await fake.setTable('1 * * * * true\n');

    await store.write('');
    await store.write('');

    expect(await fake.table()).toBeNull();
  });

  test.each([
    ['1 * * * * true', /ends with a newline/],
    ['1 * * * * \0true\n', /NUL/],
  ])('refuses %j before it calls anything', async (text, message) => {
    await expect(store.write(text)).rejects.toThrow(CrontabError);
    await expect(store.write(text)).rejects.toThrow(message);
    expect(await fake.calls()).toEqual(['']);
  });

  test('refuses text that is not bytes', async () => {
    await expect(store.write('# 我\n')).rejects.toThrow(TypeError);
  });

  test.each<[Mood, RegExp]>([
    ['refuse table', /^cron does not accept this crontab, nothing was changed: .*:7: bad minute/],
    ['full disk', /^the crontab was not installed: .*No space left/],
    ['broken read', /^the crontab cannot be read/],
    ['denied', /may not use crontab/],
  ])('leaves the old table where it cannot write: %s', async (mood, message) => {
    await fake.setTable('# old\n');
    await fake.setMoods(mood);

    await expect(store.write('# new\n')).rejects.toThrow(CrontabError);
    await expect(store.write('# new\n')).rejects.toThrow(message);
    expect(await fake.table()).toBe('# old\n');
  });

  test('puts the old table back where cron stored something else', async () => {
    await fake.setTable('# old\n');
    await fake.setMoods('mangle');

    await expect(store.write('# new\n')).rejects.toThrow(/stored another table .* the old crontab was put back/);
    expect(await fake.table()).toBe('# old\n');
  });

  test('saves the old table where it can’t even be put back', async () => {
    await fake.setTable('# old \xff\n');
    await fake.setMoods('mangle twice');

    const error = await store.write('# new\n').catch((reason: unknown) => reason);

    const path = /saved in (.*)$/.exec(String(error))?.[1] ?? '';
    expect(await readFile(path, 'latin1')).toBe('# old \xff\n');
    await rm(dirname(path), { recursive: true });
  });

  test('takes the three header lines of vixie cron for what they are', async () => {
    await fake.setMoods('header');

    await store.write('# one\n');
    await store.write('# two\n');

    expect(await fake.table()).toBe('# two\n');
  });

  test('takes no other line before the table for a header', async () => {
    await fake.setMoods('header', 'mangle');

    await expect(store.write('# new\n')).rejects.toThrow(/stored another table/);
  });

  test('refuses where somebody else changed the table since it was read', async () => {
    await fake.setTable('# old\n');
    await store.read();
    await fake.setTable('# old\n# by crontab -e\n');

    await expect(store.write('# new\n')).rejects.toThrow(/changed by somebody else meanwhile; nothing was written/);
    expect(await fake.table()).toBe('# old\n# by crontab -e\n');
  });

  test('writes again after a write', async () => {
    await store.read();

    await store.write('# one\n');
    await store.write('# two\n');

    expect(await fake.table()).toBe('# two\n');
  });
});

test('the variables of the caller do not reach the program', async () => {
  await fake.setTable('# mine\n');
  process.env['CRONTAB_NOHEADER'] = 'N';
  try {
    expect(await store.read()).toBe('# mine\n');
  } finally {
    delete process.env['CRONTAB_NOHEADER'];
  }
});
