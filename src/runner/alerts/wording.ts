import type { Alert } from '../../blog/alerts.ts';
import { durationInWords } from '../../core/duration.ts';
import { failureText } from '../present.ts';
import type { CrashedRun } from '../record/store.ts';
import type { EndedRun } from '../run-job.ts';

/** What every message says: whose job it is, and where and when it ran. */
export interface Circumstances {
  readonly blog: string;
  readonly job: string;
  readonly host: string;
  readonly nowMs: number;
  readonly configPath: string | null;
  readonly whenText: (iso: string) => string;
}

interface Text {
  readonly subject: string;
  readonly body: string;
}

/** A run that failed: what cron's own mail would say, and whether it is the first of a series. */
export function failureMessage(ended: EndedRun, alert: Alert, about: Circumstances): Text {
  const { whenText, configPath } = about;
  const isFirst = alert.failures === 1;
  const verb = ended.report.status === 'timed out' ? 'timed out' : 'failed';
  const lines = [failureText(ended, { configPath, whenText, isVerbose: false })];
  if (!isFirst) lines.push(`  It has failed ${alert.failures} times since ${whenText(alert.began_at)}.`);
  return {
    subject: subjectOf(about, isFirst ? verb : `still fails, for ${lengthOf(alert, about)}`),
    body: [...lines, '', ...footer(about)].join('\n'),
  };
}

/** A run whose process died. */
export function crashMessage(crashed: CrashedRun, about: Circumstances): Text {
  const when = about.whenText(crashed.startedAt);
  const body = [
    `blogctl: ${crashed.job} crashed: the process that was started at ${when} on ${crashed.host} died before it ended`,
    '  Was it killed, did the machine run out of memory, or was it restarted?',
    '',
    ...footer(about),
  ];
  return { subject: subjectOf(about, 'crashed'), body: body.join('\n') };
}

/** A job that works again. */
export function recoveryMessage(alert: Alert, about: Circumstances): Text {
  const times = alert.failures === 1 ? 'once' : `${alert.failures} times`;
  const body = [
    `blogctl: ${about.job} works again`,
    `  It had failed ${times} since ${about.whenText(alert.began_at)} (${lengthOf(alert, about)}).`,
    '',
    ...footer(about),
  ];
  return { subject: subjectOf(about, 'works again'), body: body.join('\n') };
}

/** A run that could not reach its records: all jobs of the machine fail for that, and are told as one. */
export function unrecordedMessage(ended: EndedRun, alert: Alert, about: Circumstances): Text {
  // How often is a matter of all jobs.
  const { body } = failureMessage(ended, { ...alert, failures: 1 }, about);
  const runs =
    alert.failures === 1 ? '' : `  ${alert.failures} runs have failed since ${about.whenText(alert.began_at)}.\n`;
  const all = `  So does every job of ${about.host} that needs its database: this is told once for all of them.`;
  const what = alert.failures === 1 ? 'fail' : `still fail, for ${lengthOf(alert, about)}`;
  return { subject: jobsSubject(about, what), body: body.replace(/\n(?=\nBlog: )/, () => `\n${runs}${all}\n`) };
}

/** The jobs of the machine reach their records again; how each of them fares is told by itself. */
export function recordedAgainMessage(alert: Alert, about: Circumstances): Text {
  const runs = alert.failures === 1 ? '1 run' : `${alert.failures} runs`;
  const body = [
    `blogctl: the jobs of ${about.host} reach their records again`,
    `  ${runs} had failed since ${about.whenText(alert.began_at)} (${lengthOf(alert, about)}).`,
    '',
    ...footer(about),
  ];
  return { subject: jobsSubject(about, 'work again'), body: body.join('\n') };
}

function jobsSubject({ host, blog }: Circumstances, what: string): string {
  return `blogctl: the jobs of ${host} ${what} (${blog})`;
}

function subjectOf({ job, blog }: Circumstances, what: string): string {
  return `blogctl: ${job} ${what} (${blog})`;
}

function lengthOf(alert: Alert, { nowMs }: Circumstances): string {
  return durationInWords(nowMs - Date.parse(alert.began_at));
}

function footer({ blog, host, nowMs, whenText }: Circumstances): string[] {
  return [`Blog: ${blog}`, `Host: ${host}`, `Time: ${whenText(new Date(nowMs).toISOString())}`];
}
