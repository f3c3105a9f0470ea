import { fromBytes, toBytes } from './byte-text.ts';
import { parseSchedule } from './cron-expression.ts';
import { quote } from './cron-field.ts';
import { CrontabError } from './crontab-error.ts';
import { jobName } from './names.ts';

/** One job in a crontab. */
export interface CrontabEntry {
  /** The job's name in the configuration, by which it is found again: `[A-Za-z0-9][A-Za-z0-9._-]*`, at most 64 characters. */
  readonly name: string;
  /** Five fields, single spaces between them. */
  readonly schedule: string;
  /** What /bin/sh is to run, as ordinary text: cron's own escapes are added on writing and removed on reading. */
  readonly command: string;
}

/** Debian's cron refuses a command of 998 characters; what is refused here comes with advice. */
const MOST_LINE_BYTES = 900;
const NAME_LINE = /^# job: ([^ \t\r]+)[ \t\r]*$/;
const COMMAND_LINE = /^[ \t]*((?:[^# \t][^ \t]*)(?:[ \t]+[^ \t]+){4})[ \t]([^\r]+)\r?$/;

/**
 * The two lines of a job: a comment with its name, and the line for cron, as bytes.
 *
 * @throws {CrontabError} for anything that could leave its line or that crons read differently.
 */
export function renderEntry(entry: CrontabEntry): [comment: string, line: string] {
  if (!jobName.test(entry.name)) {
    throw new CrontabError(
      `a job in a crontab is named with up to 64 ASCII letters, digits, ".", "_" and "-", got ${quote(entry.name)}; rename it`,
    );
  }
  refuseCommand(entry);
  const line = toBytes(`${scheduleText(entry)} ${entry.command.replaceAll('%', '\\%')}`);
  if (line.length > MOST_LINE_BYTES) {
    throw new CrontabError(
      `job "${entry.name}": its crontab line has ${line.length} bytes and cron takes ${MOST_LINE_BYTES}; move options into the configuration`,
    );
  }
  return [`# job: ${entry.name}`, line];
}

/**
 * The jobs among the lines of a block: each name followed by a line for cron. Lines changed by hand beyond that are passed over.
 */
export function parseEntries(lines: readonly string[]): CrontabEntry[] {
  return lines.flatMap((line, index) => {
    const name = NAME_LINE.exec(line)?.[1];
    const [, schedule, command] = COMMAND_LINE.exec(lines[index + 1] ?? '') ?? [];
    if (name === undefined || schedule === undefined || command === undefined) return [];
    return [
      {
        name: fromBytes(name),
        schedule: fromBytes(schedule.replaceAll(/[ \t]+/g, ' ')),
        command: fromBytes(command.replaceAll('\\%', '%')),
      },
    ];
  });
}

function scheduleText(entry: CrontabEntry): string {
  try {
    return parseSchedule(entry.schedule).text;
  } catch (cause) {
    throw new CrontabError(`job "${entry.name}": ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function refuseCommand({ name, command }: CrontabEntry): void {
  if (command.trim() === '') throw new CrontabError(`job "${name}": its command is empty; give it one`);
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(command)) {
    throw new CrontabError(
      `job "${name}": its command has a line break or another control character, which would end or damage its line: ${quote(command)}`,
    );
  }
  // Some crons turn two backslashes into one, others leave both; before a % that decides where the command ends.
  if (/\\[\\%]/.test(command)) {
    throw new CrontabError(
      `job "${name}": its command has a backslash before a backslash or a "%", which crons read differently: ${quote(command)}; put it into a script`,
    );
  }
}
