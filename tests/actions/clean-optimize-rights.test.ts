import { Client } from 'pg';
import { expect, test } from 'vitest';
import cleanSessions from '../../src/actions/clean-sessions.ts';
import { demoBlog, describeBlog, useBlog } from '../helpers/blog.ts';
import { runAction } from '../helpers/run.ts';

describeBlog('postgres', 'giving space back without the right to', () => {
  const blog = useBlog(() => demoBlog('postgres'));

  test('says that only the owner of the table may', async () => {
    const role = `cleaner_${process.pid}`;
    const url = new URL(blog().url);
    // The tables of blogctl itself are made by a role that may.
    await runAction(cleanSessions, { blog: blog(), job: 'clean-sessions', settings: { maxChanges: '0' } });
    const superuser = new URL(blog().url);
    superuser.username = 'postgres';
    const administrator = new Client({ connectionString: superuser.href });
    await administrator.connect();
    await administrator.query(
      `create role ${role} login password 'x';
       grant select, insert, update, delete on all tables in schema public to ${role};
       grant usage on all sequences in schema public to ${role}`,
    );
    url.username = role;
    url.password = 'x';

    const run = await runAction(cleanSessions, {
      blog: { url: url.href },
      job: 'clean-sessions',
      settings: { optimize: true },
    });
    const [left] = await blog().rows<{ n: string }>(
      "select count(*) as n from django_session where expire_date < '2026-03-18 14:05:09+08'",
    );
    await administrator.query(`drop owned by ${role}; drop role ${role}`);
    await administrator.end();

    expect(run.status).toBe('failed');
    expect(run.error?.message).toBe(
      'the rows are deleted, but the space of the table django_session is not given back: only its owner may vacuum the table django_session',
    );
    expect(Number(left?.n)).toBe(0);
  });
});
