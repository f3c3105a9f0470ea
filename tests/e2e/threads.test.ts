import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lookupsAtOnce, threads } from '../../src/core/threads.ts';
import { startWebServer } from '../helpers/http-server.ts';
import { openSite } from './site.ts';

test('the program has threads for many lookups of names at once', async () => {
  let seen = 0;
  const look = (): object => {
    seen = readdirSync(`/proc/${running.pid}/task`).length;
    return { body: 'here' };
  };
  const web = await startWebServer({ '*': look });
  onTestFinished(() => web.stop());
  const site = await openSite({ more: `notify: { webhooks: [{ kind: json, url: "http://localhost:${web.port}/" }] }` });

  const running = site.start(['notify']);
  const { code } = await running.ended;

  expect(code).toBe(0);
  expect(lookupsAtOnce).toBe(8);
  expect(seen).toBeGreaterThan(threads);
});

test('programs that it starts are not told of its threads', async () => {
  const jobs = '{ dump: { action: run-command, schedule: off, command: [/bin/sh, dump.sh] } }';
  const site = await openSite({ jobs });
  writeFileSync(join(site.folder, 'dump.sh'), 'echo "threads: ${UV_THREADPOOL_SIZE-none}"; exit 1\n');

  const { stderr } = await site.blogctl(['run', 'dump']);

  expect(stderr).toContain('threads: none\n');
});
