import { defineAction } from '../core/action.ts';
import { longestTimerMs } from '../core/duration.ts';
import { ConfigurationError, FailedError } from '../core/errors.ts';
import { command } from '../core/settings-forms.ts';
import { settings } from '../core/settings.ts';

/** Enough for the end of a stack, of a dump or of a curl. */
const mostOutputBytes = 16_384;
/** So many of its last lines are told where it fails. */
const toldLines = 15;
/** The run's own time-out is the one that counts. */
const noTimeoutMs = longestTimerMs;

export default defineAction({
  summary: 'run a program of your own, with the same lock, record and alert',
  details: [
    'Runs a program without a shell, in the folder of the configuration, as a job like any other: never twice at the same',
    'time, ended with its children when its time is over, recorded in the history, and told where it fails. It gets',
    'BLOGCTL_JOB and BLOGCTL_BLOG beside what blogctl was started with, and has failed where its exit code is not 0. Give',
    'each a name of its own in the configuration: { action: run-command, schedule: "15 2 * * *", command: [/opt/dump.sh] }. Only',
    'a blogctl that is itself killed with kill -9 leaves its program running.',
  ].join(' '),
  examples: [
    {
      command: 'blogctl run-command --command /opt/dump.sh --command=--all',
      meaning: 'run a program with an argument',
    },
    { command: 'blogctl run-command --command /opt/dump.sh --dry-run', meaning: 'show what would be started' },
  ],
  schedule: null,
  needs: ['command'],
  settings: settings({
    command: command('the program and its arguments; one with a dash is given as --command=--all'),
  }),
  uses: ['programs'],
  timeout: '1h',
  lockedBy: 'job',

  async run(context) {
    const words = context.settings.command;
    const [program] = words;
    if (program === undefined) {
      throw new ConfigurationError(`${context.job} names no program to run`, {
        hint: 'Add "command: [/opt/dump.sh]" to the job, or call it with --command /opt/dump.sh.',
      });
    }
    const end = await context.change({ what: 'run', target: words.map(quoted).join(' ') }, async () => {
      const programs = await context.programs();
      return programs.run({
        command: words,
        variables: { BLOGCTL_JOB: context.job, BLOGCTL_BLOG: context.blog.name },
        timeoutMs: noTimeoutMs,
        mostOutputBytes,
        signal: context.signal,
        // Why it hung may stand in its last words; the error is the time-out's.
        onStopped: (output) => {
          for (const line of linesOf(output).slice(-toldLines)) context.log.warn(line);
        },
      });
    });
    if (end === undefined) return { summary: `${program} would be run`, counts: { runs: 1 } };
    const lines = linesOf(end.output);
    for (const line of lines) context.log.info(line);
    if (end.isDone) return { summary: `${program} is done`, counts: { runs: 1 } };
    const told = lines.slice(-toldLines).map((line) => `  ${line}`);
    throw new FailedError([`${program} failed: ${end.reason}`, ...told].join('\n'));
  },
});

function linesOf(output: string): string[] {
  // Whole: of a secret that was cut the rest would not be known for one.
  return output === '' ? [] : output.split('\n');
}

// As it would be typed, so that a blank in a word is seen.
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
