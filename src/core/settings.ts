import * as z from 'zod/mini';
import { parseChangeLimit, type ChangeLimit } from './change-limit.ts';
import { durationPattern, longestDuration, parseDuration, type Duration } from './duration.ts';

/**
 * Settings are declared once, as a zod object made of the fields below. Everything else falls out of it: the flags of
 * the subcommand, the section of the configuration, the messages, the JSON schema and the documentation.
 */
export type SettingsSchema = z.ZodMiniObject<Readonly<Record<string, z.ZodMiniType>>, z.core.$strict>;

/** The parsed settings of a schema. */
export type SettingsOf<Schema extends SettingsSchema> = z.output<Schema>;

/** What the command line and the documentation know of a field beside its check. */
export interface FieldNotes {
  readonly description: string;
  /** `mappings` are for the configuration alone: they have no flag. */
  readonly kind: 'text' | 'integer' | 'boolean' | 'list' | 'mappings';
  /** As it would be written; left out where there is none worth telling. */
  readonly defaultText?: string;
  /** Given without a flag's name, behind the command. */
  readonly isArgument?: boolean;
  /** What the help shows for the value: `<time>`. */
  readonly placeholder?: string;
  /** Never shown, and no flag: everybody on the machine sees the arguments of a process. */
  readonly isSecret?: boolean;
}

/** The notes of all fields of actions. */
export const fieldNotes = z.registry<FieldNotes>();

/** Adds to a field what the JSON schema says of it. */
export function describe<Field extends z.ZodMiniType>(field: Field, notes: { readonly description: string }): Field {
  z.globalRegistry.add(field, notes);
  return field;
}

/** Adds to a field what the command line and the documentation say of it. */
export function note<Field extends z.ZodMiniType>(field: Field, notes: FieldNotes): Field {
  fieldNotes.add(field, notes);
  return describe(field, { description: notes.description });
}

/** The settings of an action. Unknown keys are refused. */
export function settings<Shape extends Readonly<Record<string, z.ZodMiniType>>>(
  shape: Shape,
): z.ZodMiniObject<Shape, z.core.$strict> {
  return z.strictObject(shape);
}

/** A length of time such as `45m` or `200d`. Parsed to a Duration. */
export function duration(description: string, options: { default: string; least?: string }) {
  return note(z.prefault(durationField(options.least), options.default), {
    description,
    kind: 'text',
    defaultText: options.default,
    placeholder: 'time',
  });
}

/** A length of time that need not be given: undefined where it is not. */
export function optionalDuration(description: string, options: { least?: string } = {}) {
  return note(z.optional(durationField(options.least)), { description, kind: 'text', placeholder: 'time' });
}

/** A text that need not be given: undefined where it is not. */
export function optionalText(description: string, { placeholder, form }: { placeholder: string; form?: TextForm }) {
  return note(z.optional(formedText(form)), { description, kind: 'text', placeholder });
}

// A placeholder is looked at once it is filled in.
function formedText(form: TextForm | undefined) {
  const field = z.string('expected a text').check(z.minLength(1, 'expected a text that is not empty'));
  return form === undefined ? field : field.check(checkOf(form));
}

// Of an empty text something else is said already.
function checkOf({ pattern, expected }: TextForm) {
  const fits = typeof pattern === 'function' ? pattern : (text: string): boolean => pattern.test(text);
  const isOfForm = (text: string): boolean => text === '' || text.includes('${') || fits(text);
  return z.refine<string>(isOfForm, `expected ${expected}`);
}

/** What a text must look like, as a pattern (or what decides in its place) and in words. */
export interface TextForm {
  readonly pattern: RegExp | ((text: string) => boolean);
  /** Behind "expected": `8 to 128 letters, digits and dashes`. */
  readonly expected: string;
}

/** A secret that need not be given: undefined where it is not. The configuration alone can hold it; see `secretsIn`. */
export function secret(description: string, { form }: { form?: TextForm } = {}) {
  return note(z.optional(formedText(form)), { description, kind: 'text', isSecret: true });
}

/** The names of the settings that are secrets. */
export function secretNames(schema: SettingsSchema): readonly string[] {
  return Object.entries(schema.shape).flatMap(([name, field]) =>
    fieldNotes.get(field)?.isSecret === true ? [name] : [],
  );
}

/** The values of those settings that are secrets, to be struck out of whatever is shown. */
export function secretsIn(schema: SettingsSchema, values: Readonly<Record<string, unknown>>): readonly string[] {
  return secretNames(schema).flatMap((name) => {
    const value = values[name];
    return typeof value === 'string' ? [value] : [];
  });
}

/** An address of the web, http or https, without a password, a query or a fragment; undefined where there is none. */
export function webAddress(description: string, options: { default?: string } = {}) {
  const expected = 'expected an address such as https://example.com/path, without a password, ? or #';
  const field = z.string(expected).check(z.refine(isPlainWebAddress, expected));
  const told = { description, kind: 'text', placeholder: 'url' } as const;
  const text = options.default;
  return note(text === undefined ? z.optional(field) : z._default(z.optional(field), text), {
    ...told,
    ...(text === undefined ? {} : { defaultText: text }),
  });
}

function isPlainWebAddress(text: string): boolean {
  return /^https?:\/\/[^/?#@\s\\]+(\/[^?#\s]*)?$/i.test(text) && URL.canParse(text);
}

/** One of a few words that need not be given: undefined where it is not. */
export function choice<const Word extends string>(
  description: string,
  options: { values: readonly [Word, ...Word[]] },
) {
  const field = z.enum(options.values, `expected ${options.values.join(' or ')}`);
  return note(z.optional(field), { description, kind: 'text', placeholder: options.values.join('|') });
}

/** The most that a run may change, such as `5000` or `20%`: undefined where it is not given. */
export function changeLimit(
  description: string,
  expected = 'a number of rows such as 5000, or a share of the table such as 20%',
) {
  const message = `expected ${expected}`;
  const field = z.pipe(
    z.union([z.string(), z.int()], message),
    z.transform((value: string | number, context): ChangeLimit => {
      const limit = parseChangeLimit(String(value));
      if (limit !== null) return limit;
      context.issues.push({ code: 'custom', message, input: value });
      return z.NEVER;
    }),
  );
  return note(z.optional(field), { description, kind: 'text', placeholder: 'n|p%' });
}

/** A length of time without a default, for the configuration's general part. */
export function durationField(least?: string) {
  const leastMs = least === undefined ? 0 : (parseDuration(least)?.ms ?? 0);
  return z.pipe(
    z.union([z.string(), z.literal(0)], 'expected a length of time such as 45m'),
    z.transform((given: string | 0, context): Duration => {
      const text = String(given);
      const parsed = parseDuration(text);
      if (parsed !== null && parsed.ms >= leastMs) return parsed;
      const isLength = durationPattern.test(text);
      const bound = parsed === null ? `at most ${longestDuration}` : `at least ${least}`;
      const want = isLength ? `a length of time of ${bound}` : 'a length of time such as 45m';
      context.issues.push({ code: 'custom', message: `expected ${want}`, input: text });
      return z.NEVER;
    }),
  );
}

/** A whole number within bounds. */
export function integer(description: string, options: { default: number; min: number; max: number }) {
  const message = `expected a whole number from ${options.min} to ${options.max}`;
  const field = z.int(message).check(z.gte(options.min, message), z.lte(options.max, message));
  return note(z._default(field, options.default), {
    description,
    kind: 'integer',
    defaultText: String(options.default),
    placeholder: 'number',
  });
}

/** A whole number that need not be given: undefined where it is not. */
export function optionalInteger(description: string, options: { min: number; max: number }) {
  const message = `expected a whole number from ${options.min} to ${options.max}`;
  const field = z.int(message).check(z.gte(options.min, message), z.lte(options.max, message));
  return note(z.optional(field), { description, kind: 'integer', placeholder: 'number' });
}

/** Yes or no. */
export function toggle(description: string, options: { default: boolean }) {
  return note(z._default(z.boolean('expected true or false'), options.default), {
    description,
    kind: 'boolean',
    ...(options.default ? { defaultText: 'true' } : {}),
  });
}

/** A list of mappings, each as `item` says; by default none. */
export function mappings<Item extends z.ZodMiniType>(description: string, item: Item) {
  return note(z._default(z.array(item, 'expected a list'), []), { description, kind: 'mappings' });
}

/** A list of texts; with `argument` it takes what stands behind the command. */
export function texts(description: string, options: { isArgument?: boolean; placeholder?: string } = {}) {
  return note(z._default(z.array(textItem(), 'expected a list'), []), { description, kind: 'list', ...options });
}

/** One word of a list; a number is taken as it is written. */
export function textItem() {
  return z.pipe(
    z.union([z.string(), z.int()], 'expected a text or a whole number'),
    z.transform((value: string | number) => String(value)),
  );
}
