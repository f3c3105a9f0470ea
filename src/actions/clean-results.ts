import type { Expired } from '../blog/expired.ts';
import { finishedStatuses, oldResults } from '../blog/task-results.ts';
import type { BlogTime } from '../blog/time.ts';
import { defineAction } from '../core/action.ts';
import type { Duration } from '../core/duration.ts';
import { duration, optionalDuration, settings, toggle } from '../core/settings.ts';
import { clean } from './clean/clean.ts';
import { cleanDetails, cleanSettings } from './clean/settings.ts';

const least = '1h';

export default defineAction({
  summary: "delete old results of the blog's background tasks",
  details: [
    'Deletes what Celery kept of tasks that ended long enough ago: SUCCESS, FAILURE and REVOKED; others may still run. An',
    'age below an hour is refused, since somebody may still wait for the result.',
    cleanDetails,
  ].join(' '),
  examples: [
    { command: 'blogctl clean-results --dry-run', meaning: 'how many would go' },
    { command: 'blogctl clean-results --older-than 7d --failed-older-than 90d', meaning: 'keep failures for longer' },
    { command: 'blogctl clean-results --any-status', meaning: 'also what never came to its end' },
  ],
  schedule: '42 3 * * *',
  settings: settings({
    olderThan: duration('the age from which a result goes', { default: '3d', least }),
    failedOlderThan: optionalDuration('the age from which a FAILURE goes, where it is another', { least }),
    revokedOlderThan: optionalDuration('the age from which a REVOKED goes, where it is another', { least }),
    anyStatus: toggle('also results of tasks that have not ended', { default: false }),
    ...cleanSettings,
  }),
  uses: ['db', 'archives'],
  timeout: '2h',

  async run(context) {
    const groups = groupsOf(context.settings, context.time, context.nowMs);
    return clean(context, 'clean-results', groups, { results: 'django_celery_results_taskresult' });
  },
});

interface Ages {
  readonly olderThan: Duration;
  readonly failedOlderThan?: Duration | undefined;
  readonly revokedOlderThan?: Duration | undefined;
  readonly anyStatus: boolean;
}

/** The results that share an age go together; a status with an age of its own goes by itself. */
function groupsOf(ages: Ages, time: BlogTime, nowMs: number): Expired[] {
  const own = Object.entries({ FAILURE: ages.failedOlderThan, REVOKED: ages.revokedOlderThan }).flatMap(
    ([status, age]) => (age === undefined ? [] : [{ status, age }]),
  );
  const apart = own.map(({ status }) => status);
  const others = ages.anyStatus
    ? { notIn: apart }
    : { in: finishedStatuses.filter((status) => !apart.includes(status)) };
  return [
    oldResults(time.ago(nowMs, ages.olderThan.ms), others),
    ...own.map(({ status, age }) => ({
      ...oldResults(time.ago(nowMs, age.ms), { in: [status] }),
      label: `with status ${status}`,
    })),
  ];
}
