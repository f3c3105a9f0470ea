import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemZone } from '../../src/schedule/zone.ts';
import { fakeCrontab } from '../schedule/fake-crontab.ts';
import { configText, openSite } from './site.ts';

// These fall on the same minutes whatever the zone of the machine, by which cron goes.
const quarter = 'action: warm-cache, schedule: "*/15 * * * *"';
const fifth = 'action: warm-cache, schedule: "*/5 * * * *"';
const before = `{ same: { ${quarter} }, moved: { ${quarter} }, gone: { ${quarter} } }`;
const after = `{ same: { ${quarter} }, moved: { ${fifth} }, fresh: { ${fifth} }, never: { action: warm-cache, schedule: off } }`;

const everyQuarter = {
  schedule: '*/15 * * * *',
  inWords: 'Every 15 minutes',
  nextRun: '2026-03-18T06:15:00.000Z',
  nextRunLocal: '2026-03-18 14:15',
};
const everyFifth = {
  schedule: '*/5 * * * *',
  inWords: 'Every 5 minutes',
  nextRun: '2026-03-18T06:10:00.000Z',
  nextRunLocal: '2026-03-18 14:10',
};

test("show tells of each job its schedule in words, its next run in the blog's zone, and how it stands", async () => {
  const crontab = await fakeCrontab();
  onTestFinished(() => crontab.remove());
  const parts = { blog: '{ name: e2e, timezone: Asia/Shanghai }', database: 'sqlite:blog.db' };
  const env = { PATH: `${dirname(crontab.command)}:/usr/bin:/bin`, BLOGCTL_NOW: '2026-03-18T14:05:09+08:00' };
  const site = await openSite({ ...parts, jobs: before, env });
  await site.blogctl(['install']);
  writeFileSync(site.config, configText({ ...parts, jobs: after }));

  const document = await site.json(['install', 'show']);
  const shown = await site.blogctl(['install', 'show', '--exit-code']);
  await site.blogctl(['install']);
  const settled = await site.blogctl(['install', 'show', '--exit-code']);

  expect(document).toEqual({
    site: 'e2e',
    timezone: 'Asia/Shanghai',
    cronTimezone: systemZone(),
    jobs: [
      { job: 'same', action: 'warm-cache', ...everyQuarter, state: 'installed' },
      { job: 'moved', action: 'warm-cache', ...everyFifth, state: 'changed' },
      { job: 'fresh', action: 'warm-cache', ...everyFifth, state: 'missing' },
      {
        job: 'never',
        action: 'warm-cache',
        schedule: null,
        inWords: null,
        nextRun: null,
        nextRunLocal: null,
        state: 'off',
      },
      { job: 'gone', action: null, ...everyQuarter, state: 'stale' },
    ],
  });
  expect(shown.code).toBe(3);
  expect(shown.stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['job', 'schedule', 'in words', 'next run (Asia/Shanghai)', 'crontab'],
    ['same', '*/15 * * * *', 'Every 15 minutes', '2026-03-18 14:15', 'installed'],
    ['moved', '*/5 * * * *', 'Every 5 minutes', '2026-03-18 14:10', 'changed'],
    ['fresh', '*/5 * * * *', 'Every 5 minutes', '2026-03-18 14:10', 'missing'],
    ['never', 'off', 'off'],
    ['gone', '*/15 * * * *', 'Every 15 minutes', '2026-03-18 14:15', 'stale'],
    ...(systemZone() === 'Asia/Shanghai' ? [] : [[expect.stringContaining(`machine's zone, ${systemZone()}`)]]),
    ['"blogctl install" brings the crontab up to date'],
    [''],
  ]);
  expect(settled.code).toBe(0);
  expect(settled.stdout).not.toMatch(/missing|changed|stale/);
});
