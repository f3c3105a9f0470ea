import cronstrue from 'cronstrue';
import { mustFitBothDays, type Schedule } from './cron-expression.ts';

/**
 * A schedule in English, on a 24-hour clock: `At 03:17, only on Sunday`.
 *
 * Where both the day of the month and the day of the week are given, a note says whether a day must fit both or either,
 * which plain English leaves open and most people get wrong.
 */
export function scheduleInWords(schedule: Schedule): string {
  const isBoth = mustFitBothDays(schedule);
  const words = cronstrue.toString(describable(schedule), {
    use24HourTimeFormat: true,
    logicalAndDayFields: isBoth,
    throwExceptionOnParseError: true,
  });
  if (schedule.dayOfMonth === '*' || schedule.dayOfWeek === '*') return words;
  return `${words} (${isBoth ? 'only days that fit both' : 'a day that fits either is enough'})`;
}

/** 0-7 counts Sunday twice, and would be described as "Sunday through Sunday". */
function describable(schedule: Schedule): string {
  const { minute, hour, dayOfMonth, month, dayOfWeek } = schedule;
  return [minute, hour, dayOfMonth, month, dayOfWeek.replaceAll(/0-7(?!\/)/g, '0-6')].join(' ');
}
