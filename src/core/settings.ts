import * as z from 'zod/mini';
import { parseDuration, type Duration } from './duration.ts';

/**
 * Settings are declared once, as a zod object made of the fields below. Everything else falls out of it: the flags of
 * the subcommand, the section of the configuration, the messages, the JSON schema and the documentation.
 */
export type SettingsSchema = z.ZodMiniObject<Readonly<Record<string, z.ZodMiniType>>, z.core.$strict>;

/** The parsed settings of a schema. */
export type SettingsOf<Schema extends SettingsSchema> = z.output<Schema>;

/** What the documentation of a field knows beside its type. It stands in zod's global registry. */
export interface FieldNotes {
  readonly description: string;
  /** May also be given without a flag's name, behind the command. */
  readonly argument?: boolean;
  /** Never shown, logged or recorded. */
  readonly secret?: boolean;
  /** What the help shows instead of the type: `<time>`. */
  readonly placeholder?: string;
}

/** Adds to a field what the documentation says of it. */
export function describe<Field extends z.ZodMiniType>(field: Field, notes: FieldNotes): Field {
  z.globalRegistry.add(field, { ...notes });
  return field;
}

/** The settings of an action. Unknown keys are refused. */
export function settings<Shape extends Readonly<Record<string, z.ZodMiniType>>>(
  shape: Shape,
): z.ZodMiniObject<Shape, z.core.$strict> {
  return z.strictObject(shape);
}

/** A length of time such as `45m` or `200d`. Parsed to a Duration. */
export function duration(description: string, options: { default: string; least?: string }) {
  return describe(z.prefault(durationField(options.least), options.default), { description, placeholder: 'time' });
}

/** A length of time without a default, for the configuration's general part. */
export function durationField(least?: string) {
  const leastMs = least === undefined ? 0 : (parseDuration(least)?.ms ?? 0);
  return z.pipe(
    z.string('expected a length of time such as 45m'),
    z.transform((text: string, context): Duration => {
      const parsed = parseDuration(text);
      if (parsed !== null && parsed.ms >= leastMs) return parsed;
      const want = leastMs > 0 ? `a length of time of at least ${least}` : 'a length of time such as 45m';
      context.issues.push({ code: 'custom', message: `expected ${want}`, input: text });
      return z.NEVER;
    }),
  );
}

/** A whole number within bounds. */
export function integer(description: string, options: { default: number; min: number; max: number }) {
  const message = `expected a whole number from ${options.min} to ${options.max}`;
  const field = z.int(message).check(z.gte(options.min, message), z.lte(options.max, message));
  return describe(z._default(field, options.default), { description, placeholder: 'number' });
}

/** Yes or no. */
export function toggle(description: string, options: { default: boolean }) {
  return describe(z._default(z.boolean('expected true or false'), options.default), { description });
}

/** A list of texts; with `argument` it takes what stands behind the command. */
export function texts(description: string, options: { argument?: boolean; placeholder?: string } = {}) {
  const item = z.pipe(
    z.union([z.string(), z.int()], 'expected a text or a whole number'),
    z.transform((value: string | number) => String(value)),
  );
  return describe(z._default(z.array(item, 'expected a list'), []), { description, ...options });
}
