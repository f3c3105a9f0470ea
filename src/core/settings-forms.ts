import * as z from 'zod/mini';
import { parseHoursOfDay, type HoursOfDay } from './hours-of-day.ts';
import { note, textItem } from './settings.ts';

/** A list of whole numbers that grow, each within bounds. */
export function growingNumbers(
  description: string,
  options: { default: readonly number[]; min: number; max: number; placeholder: string },
) {
  const { min, max } = options;
  const message = `expected a list of whole numbers from ${min} to ${max}, each more than the one before`;
  const items = z.array(z.union([z.string(), z.int()], message), message);
  const field = z.pipe(
    items,
    z.transform((list: (string | number)[], context): readonly number[] => {
      const numbers = list.map((one) => (/^\d{1,9}$/.test(String(one)) ? Number(one) : Number.NaN));
      const isGood = numbers.every((one, index) => one >= min && one <= max && one > (numbers[index - 1] ?? -1));
      if (isGood && numbers.length > 0) return numbers;
      context.issues.push({ code: 'custom', message, input: list });
      return z.NEVER;
    }),
  );
  return note(z.prefault(field, [...options.default]), {
    description,
    kind: 'list',
    defaultText: `[${options.default.join(', ')}]`,
    placeholder: options.placeholder,
  });
}

/** Hours of the day such as `23:00-07:00`, also across midnight: undefined where they are not given. */
export function hoursOfDay(description: string) {
  const field = z.pipe(
    z.string('expected hours such as 23:00-07:00'),
    z.transform((text: string, context): HoursOfDay => {
      const hours = parseHoursOfDay(text);
      if (hours !== null) return hours;
      context.issues.push({ code: 'custom', message: 'expected hours such as 23:00-07:00', input: text });
      return z.NEVER;
    }),
  );
  return note(z.optional(field), { description, kind: 'text', placeholder: 'from-to' });
}

/** A program and its arguments, started without a shell; an empty list is none. */
export function command(description: string) {
  const words = z
    .array(textItem(), 'expected a list of a program and its arguments, such as [/opt/index.sh, --now]')
    .check(
      z.refine((list) => list[0]?.trim() !== '', 'expected the path of a program in the first place'),
      z.refine((list) => !list.some((word) => word.includes('\0')), 'expected words without a NUL character'),
    );
  return note(z._default(words, []), { description, kind: 'list', placeholder: 'word' });
}
