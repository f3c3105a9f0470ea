import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fakeCrontab } from '../schedule/fake-crontab.ts';
import { configText, openSite } from './site.ts';

const before =
  '{ same: { action: warm-cache }, moved: { action: warm-cache, schedule: "0 3 * * *" }, gone: { action: warm-cache } }';
const after =
  '{ same: { action: warm-cache }, moved: { action: warm-cache, schedule: "30 3 * * *" }, fresh: { action: warm-cache },' +
  ' never: { action: warm-cache, schedule: off } }';

test('show tells of each job its schedule in words, its next run in the blog’s zone, and how it stands', async () => {
  const crontab = await fakeCrontab();
  onTestFinished(() => crontab.remove());
  const blog = '{ name: e2e, timezone: Asia/Shanghai }';
  const database = 'sqlite:blog.db';
  const env = { PATH: `${dirname(crontab.command)}:/usr/bin:/bin`, TZ: 'UTC' };
  const site = await openSite({ database, blog, jobs: before, env });
  await site.blogctl(['install']);
  writeFileSync(site.config, configText({ database, blog, jobs: after }));
  const clock = { env: { BLOGCTL_NOW: '2026-03-18T14:05:09+08:00' } };

  const document = await site.json<{ jobs: unknown[] }>(['install', 'show'], clock);
  const shown = await site.blogctl(['install', 'show', '--exit-code'], clock);
  await site.blogctl(['install']);
  const settled = await site.blogctl(['install', 'show', '--exit-code'], clock);

  expect(document).toEqual({
    site: 'e2e',
    timezone: 'Asia/Shanghai',
    cronTimezone: 'UTC',
    jobs: [
      { ...job('same', '7 * * * *'), ...next('2026-03-18T06:07', '2026-03-18 14:07'), state: 'installed' },
      { ...job('moved', '30 3 * * *'), ...next('2026-03-19T03:30', '2026-03-19 11:30'), state: 'changed' },
      { ...job('fresh', '7 * * * *'), ...next('2026-03-18T06:07', '2026-03-18 14:07'), state: 'missing' },
      { ...job('never', null), inWords: null, nextRun: null, nextRunLocal: null, state: 'off' },
      { ...job('gone', '7 * * * *'), action: null, ...next('2026-03-18T06:07', '2026-03-18 14:07'), state: 'stale' },
    ],
  });
  expect(shown.code).toBe(3);
  expect(shown.stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['job', 'schedule', 'in words', 'next run (Asia/Shanghai)', 'crontab'],
    ['same', '7 * * * *', 'At 7 minutes past the hour', '2026-03-18 14:07', 'installed'],
    ['moved', '30 3 * * *', 'At 03:30', '2026-03-19 11:30', 'changed'],
    ['fresh', '7 * * * *', 'At 7 minutes past the hour', '2026-03-18 14:07', 'missing'],
    ['never', 'off', 'off'],
    ['gone', '7 * * * *', 'At 7 minutes past the hour', '2026-03-18 14:07', 'stale'],
    ["cron goes by the machine's zone, UTC; so do the schedules above"],
    ['"blogctl install" brings the crontab up to date'],
    [''],
  ]);
  expect(settled.code).toBe(0);
  expect(settled.stdout).not.toMatch(/missing|changed|stale/);
});

function job(name: string, schedule: string | null): Record<string, unknown> {
  return { job: name, action: 'warm-cache', schedule, inWords: expect.any(String) as unknown };
}

function next(utc: string, local: string): Record<string, unknown> {
  return { nextRun: `${utc}:00.000Z`, nextRunLocal: local };
}
