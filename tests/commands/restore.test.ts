import { statSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import cleanNotifications from '../../src/actions/clean-notifications.ts';
import cleanResults from '../../src/actions/clean-results.ts';
import cleanSessions from '../../src/actions/clean-sessions.ts';
import type { Action } from '../../src/core/action.ts';
import type { Dialect } from '../../src/core/database.ts';
import { demoBlog, describeBlog, dialects, emptyBlog } from '../helpers/blog.ts';
import { addMessages, addResults, addSessions } from '../helpers/old-rows.ts';
import { archiveFolder, blogsOwn, linesOf } from './restore-stage.ts';

const actions: readonly [name: string, action: Action][] = [
  ['clean-sessions', cleanSessions],
  ['clean-notifications', cleanNotifications],
  ['clean-results', cleanResults],
];
const old = '2026-01-01 00:00:00';

for (const dialect of dialects) {
  describeBlog(dialect, `an archive on ${dialect}`, () => {
    test.each(actions)('gives back every row that %s took, to the last character', async (name, action) => {
      const blog = await demoBlog(dialect);
      const folder = await archiveFolder();
      const before = blogsOwn(await blog.dump());

      const cleaned = await folder.clean(action, blog);
      const planned = await folder.restore(blog, { words: ['--dry-run'] });
      const between = blogsOwn(await blog.dump());
      const first = await folder.restore(blog);
      const after = blogsOwn(await blog.dump());
      const second = await folder.restore(blog);
      await blog.close();

      const deleted = cleaned.counts['deleted'];
      expect(folder.files()).toEqual([`${folder.path}/${name}-20260318T060509Z.ndjson.gz`]);
      expect(between).not.toEqual(before);
      expect(planned).toMatchObject({ code: 0, counts: { restored: deleted }, changes: first.changes });
      expect(first).toMatchObject({ code: 0, counts: { restored: deleted, present: 0 }, findings: [], errors: [] });
      expect(after).toEqual(before);
      expect(second).toMatchObject({ code: 0, counts: { restored: 0, present: deleted }, changes: [], findings: [] });
    });

    test('is for its owner alone, with a first line that tells what it is and a last one that counts', async () => {
      const blog = await emptyBlog(dialect);
      const folder = await archiveFolder();
      await addSessions(blog, [old, '2027-01-01 00:00:00']);

      const run = await folder.clean(cleanSessions, blog, { about: { name: 'my-blog' } });
      await blog.close();

      const [file = ''] = folder.files();
      const [header, row, ...rest] = linesOf(file);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(header).toEqual({
        blogctl: 'archive',
        format: 1,
        blog: 'my-blog',
        dialect,
        zone: 'Asia/Shanghai',
        action: 'clean-sessions',
        createdAt: '2026-03-18T06:05:09.000Z',
        tables: { django_session: ['session_key', 'session_data', 'expire_date'] },
      });
      const stored = { sqlite: old, mysql: `${old}.000000`, postgres: `${old}+08` }[dialect];
      const values = { session_key: 'key-1', session_data: '数据 0', expire_date: stored };
      expect(row).toEqual({ table: 'django_session', row: values });
      expect(rest).toEqual([{ end: true, rows: 1 }]);
      expect(run.summary).toBe(`1 sessions deleted; archived in ${file}`);
      expect(run.changes.map(({ what }) => what)).toEqual(['write', 'delete']);
    });

    test('is not made by a dry run, nor where there is nothing to keep; a second one gets a number', async () => {
      const blog = await emptyBlog(dialect);
      const folder = await archiveFolder();

      await folder.clean(cleanSessions, blog);
      await addSessions(blog, [old]);
      const dry = await folder.clean(cleanSessions, blog, { dryRun: true });
      const none = folder.files();
      await folder.clean(cleanSessions, blog);
      await addSessions(blog, [old], 'other');
      await folder.clean(cleanSessions, blog);
      const restored = await folder.restore(blog);
      await blog.close();

      expect(none).toEqual([]);
      expect(dry.changes[0]).toEqual({
        what: 'write',
        target: `${folder.path}/clean-sessions-20260318T060509Z.ndjson.gz`,
      });
      expect(folder.files().map((file) => file.slice(folder.path.length + 1))).toEqual([
        'clean-sessions-20260318T060509Z-2.ndjson.gz',
        'clean-sessions-20260318T060509Z.ndjson.gz',
      ]);
      expect(restored.counts.restored).toBe(2);
    });

    test('leaves rows alone that are there with other values, and says in what', async () => {
      const blog = await emptyBlog(dialect);
      const folder = await archiveFolder();
      await addSessions(blog, [old, old, old]);
      await folder.clean(cleanSessions, blog);
      await addSessions(blog, ['2026-01-01 00:00:00.000001']);

      const restored = await folder.restore(blog);
      const [row] = await blog.rows<{ expire_date: string }>(
        "select * from django_session where session_key = 'key-1'",
      );
      await blog.close();

      expect(restored.counts).toEqual({ restored: 2, present: 0, different: 1, refused: 0 });
      expect(restored.findings).toEqual([
        {
          kind: 'different',
          target: 'django_session key-1',
          message: 'it is there with another expire_date, and was left as it is',
        },
      ]);
      expect(row?.expire_date).toContain('.000001');
    });

    test('tells of rows whose parents are gone, or whose place is taken, and puts the others back', async () => {
      const blog = await demoBlog(dialect);
      const folder = await archiveFolder();
      await addMessages(blog, [{ date: old, receivers: 2 }]);
      const settings = { olderThan: '30d' };
      await folder.clean(cleanNotifications, blog, { settings });
      await blog.rows('delete from comment_notification');
      await blog.rows('update comment_articlecomment set parent_id = null, rep_to_id = null');
      await blog.rows('delete from comment_articlecomment');
      const notifications = await folder.restore(blog, { words: ['--dry-run'] });
      const real = await folder.restore(blog);
      const results = await archiveFolder();
      await blog.rows('delete from django_celery_results_taskresult');
      await addResults(blog, [{ done: old }, { done: old }]);
      await results.clean(cleanResults, blog);
      await addResults(blog, [{ done: old }]);
      await blog.rows('update django_celery_results_taskresult set id = 77');
      const taken = await results.restore(blog);
      await blog.close();

      expect(real.counts).toEqual(notifications.counts);
      expect(real.findings).toEqual(notifications.findings);
      expect(real.counts.refused).toBeGreaterThan(0);
      expect(real.counts.restored).toBeGreaterThan(2);
      expect(real.findings[0]?.message).toMatch(
        /^the row of comment_articlecomment with id \d+, to which it belongs, is gone$/,
      );
      expect(taken.counts).toEqual({ restored: 1, present: 0, different: 0, refused: 1 });
      expect(taken.findings[0]).toMatchObject({ kind: 'taken', message: 'another row has the same task_id' });
    });
  });
}

const journeys: readonly [from: Dialect, to: Dialect][] = [
  ['sqlite', 'mysql'],
  ['sqlite', 'postgres'],
  ['mysql', 'sqlite'],
  ['mysql', 'postgres'],
  ['postgres', 'sqlite'],
  ['postgres', 'mysql'],
];

for (const [from, to] of journeys) {
  describeBlog(from, `an archive of ${from} in a blog that has moved to ${to}`, () => {
    describeBlog(to, 'with the servers of both', () => {
      test.each(actions)('gives back what %s took', async (_, action) => {
        const [source, target] = [await demoBlog(from), await demoBlog(to)];
        const folder = await archiveFolder();
        const before = blogsOwn(await target.dump());

        const cleaned = await folder.clean(action, source);
        const [file = ''] = folder.files();
        await folder.clean(action, target);
        const restored = await folder.restore(target, { files: [file] });
        const after = blogsOwn(await target.dump());
        await source.close();
        await target.close();

        expect(restored).toMatchObject({ code: 0, counts: { restored: cleaned.counts['deleted'] }, findings: [] });
        expect(after).toEqual(before);
      });
    });
  });
}

describe('values and files as they come', () => {
  test('keeps bytes, large numbers and control characters of SQLite exactly', async () => {
    const blog = await emptyBlog('sqlite');
    const folder = await archiveFolder();
    await addResults(blog, [{ done: old }]);
    await blog.rows(
      `update django_celery_results_taskresult set id = 9007199254740993, result = x'00ff80',
       meta = char(0, 10, 27, 8232) || '😀"\\'`,
    );
    const before = blogsOwn(await blog.dump());

    await folder.clean(cleanResults, blog);
    const restored = await folder.restore(blog);
    const after = blogsOwn(await blog.dump());
    await blog.close();

    expect(restored.counts).toEqual({ restored: 1, present: 0, different: 0, refused: 0 });
    expect(after).toEqual(before);
  });

  test('moves the dates of a blog that went over to UTC', async () => {
    const [local, utc] = [await emptyBlog('sqlite'), await emptyBlog('sqlite')];
    const folder = await archiveFolder();
    await addSessions(local, ['2026-01-01 07:30:00.000007']);

    await folder.clean(cleanSessions, local);
    await folder.restore(utc, { blogLines: 'name: test-blog, useTz: true' });
    const [row] = await utc.rows<{ expire_date: string }>('select * from django_session');
    await local.close();
    await utc.close();

    expect(row?.expire_date).toBe('2025-12-31 23:30:00.000007');
  });

  test('of a file that was cut off everything whole comes back', async () => {
    const blog = await emptyBlog('sqlite');
    const folder = await archiveFolder();
    await addSessions(
      blog,
      Array.from({ length: 400 }, () => old),
    );
    await folder.clean(cleanSessions, blog);
    const [file = ''] = folder.files();
    const size = statSync(file).size;
    const results: number[] = [];

    for (const bytes of [size - 20, size - 60, Math.floor(size / 2)]) {
      truncateSync(file, bytes);
      const restored = await folder.restore(blog);
      expect(restored.code).toBe(1);
      expect(restored.errors[0]?.message).toContain(
        'it has no end: the run that wrote it was stopped, or the file was',
      );
      results.push(restored.counts.restored + restored.counts.present);
    }
    await blog.close();

    expect(results[0]).toBe(400);
    expect(results[2]).toBeGreaterThan(50);
    expect(results[2]).toBeLessThan(400);
  });

  const header = {
    blogctl: 'archive',
    format: 1,
    blog: 'test-blog',
    dialect: 'sqlite',
    zone: 'Asia/Shanghai',
    action: 'clean-sessions',
    createdAt: '2026-03-18T06:05:09.000Z',
    tables: { django_session: ['session_key', 'session_data', 'expire_date'] },
  };
  const row = { table: 'django_session', row: { session_key: 'a', session_data: 'b', expire_date: old } };

  test.each<[what: string, lines: readonly unknown[], message: RegExp]>([
    ['of another program', [{ hello: 1 }], /is no archive of blogctl$/],
    [
      'of a newer format',
      [{ ...header, format: 2, tables: 7 }],
      /is an archive of format 2, and this version of blogctl reads format 1$/,
    ],
    ['of another blog', [{ ...header, blog: 'other' }, row], /is of the blog "other", and this one is "test-blog"$/],
    ['of an unknown database', [{ ...header, dialect: 'oracle' }, row], /unknown kind of database, "oracle"$/],
    [
      'of a table that is none of ours',
      [{ ...header, tables: { oauth_ouser: ['id'] } }],
      /has rows of oauth_ouser, which is no table/,
    ],
    [
      'of a column that is missing',
      [{ ...header, tables: { django_session: ['session_key', 'mood'] } }],
      /the column django_session.mood, which .* has, is missing in/,
    ],
    [
      'with a row that was not announced',
      [header, { ...row, table: 'comment_notification' }],
      /has a row of comment_notification that its first line does not announce$/,
    ],
    [
      'with lines that are none',
      [header, row, 'nonsense', { end: true, rows: 2 }],
      /2 rows went into it, and 1 can be read$/,
    ],
    [
      'with more behind its end',
      [header, row, { end: true, rows: 1 }, row],
      /was put back, but there is more behind its end: two files in one, perhaps$/,
    ],
    ['with an endless first line', ['x'.repeat(2 * 1024 * 1024)], /is no archive of blogctl$/],
    [
      'with an endless line',
      [header, row, 'x'.repeat(65 * 1024 * 1024)],
      /was put back, but it is damaged: a line of it is longer than 64 MB$/,
    ],
  ])('a file %s is told in a sentence, and the others come back', async (_, lines, message) => {
    const blog = await emptyBlog('sqlite');
    const folder = await archiveFolder();
    folder.write('1.gz', lines);
    folder.write('2.gz', [
      header,
      { ...row, row: { ...row.row, session_key: 'of-the-other' } },
      { end: true, rows: 1 },
    ]);

    const restored = await folder.restore(blog);
    const keys = await blog.rows<{ session_key: string }>('select * from django_session order by session_key');
    await blog.close();

    expect(restored.code).toBe(1);
    expect(restored.errors.map((error) => error.message)).toEqual([expect.stringMatching(message)]);
    expect(keys.at(-1)?.session_key).toBe('of-the-other');
  });

  test('of a run that failed half-way has an end, and all that went comes back', async () => {
    const blog = await demoBlog('sqlite');
    const folder = await archiveFolder();
    const before = blogsOwn(await blog.dump());
    await blog.rows(
      `create trigger refusing before delete on comment_systemnotification begin select raise(abort, 'not these'); end`,
    );

    const failed = await folder.clean(cleanNotifications, blog);
    await blog.rows('drop trigger refusing');
    const restored = await folder.restore(blog);
    const after = blogsOwn(await blog.dump());
    await blog.close();

    expect(failed.status).toBe('failed');
    expect(restored).toMatchObject({ code: 0, errors: [], counts: { restored: failed.counts['deleted'] } });
    expect(after).toEqual(before);
  });

  test('files that are none at all are told, too; another blog’s comes back where that is wanted', async () => {
    const blog = await emptyBlog('sqlite');
    const folder = await archiveFolder();
    const empty = `${folder.path}/empty.gz`;
    writeFileSync(empty, '');
    writeFileSync(`${folder.path}/text.gz`, 'no gzip');
    const damaged = folder.write('damaged.gz', [header, row, { end: true, rows: 1 }]);
    const bytes = readFileSync(damaged);
    writeFileSync(damaged, Buffer.concat([bytes.subarray(0, -20), Buffer.alloc(20, 0xff)]));
    const other = folder.write('other.gz', [{ ...header, blog: 'other' }, row, { end: true, rows: 1 }]);

    const restored = await folder.restore(blog, {
      files: [empty, 'text.gz', damaged, 'nowhere.gz', folder.path, other],
      words: ['--other-blog'],
    });
    await blog.close();

    expect(restored.errors.map(({ message }) => message.replaceAll(folder.path, '')).sort()).toEqual([
      ' is a folder; expected an archive',
      '/empty.gz is no archive of blogctl',
      '/text.gz is no archive of blogctl',
      expect.stringMatching(/^there is no file \/nowhere.gz/),
      expect.stringMatching(/^what is whole in \/damaged.gz was put back, but it/),
    ]);
    expect(restored.counts.restored + restored.counts.present).toBeGreaterThan(0);
  });

  test('a folder that is none is told before anything is deleted', async () => {
    const blog = await emptyBlog('sqlite');
    const folder = await archiveFolder();
    await addSessions(blog, [old]);
    const file = folder.write('file.gz', [header]);

    const nowhere = await folder.clean(cleanSessions, blog, { settings: { archive: `${folder.path}/nowhere` } });
    const isFile = await folder.clean(cleanSessions, blog, { settings: { archive: file }, dryRun: true });
    const left = await blog.rows('select * from django_session');
    await blog.close();

    expect(nowhere.error?.message).toBe(`there is no folder ${folder.path}/nowhere for the archive`);
    expect(isFile.error?.message).toBe(`${file} is no folder, so no archive can go there`);
    expect(left).toHaveLength(1);
  });
});
