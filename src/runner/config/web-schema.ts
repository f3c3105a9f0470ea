import * as z from 'zod/mini';
import { describe, durationField } from '../../core/settings.ts';

const texts = z.array(z.string('expected a text'), 'expected a list');

function wholeNumber(least: number, most: number) {
  const message = `expected a whole number from ${least} to ${most}`;
  return z.int(message).check(z.gte(least, message), z.lte(most, message));
}

/** The `http` section. */
export const httpSchema = z.strictObject({
  allowPrivate: describe(z._default(texts, []), {
    description: 'private addresses that may be fetched, such as 127.0.0.0/8; by default only public ones are',
  }),
  canaries: describe(z._default(texts, []), {
    description: 'addresses that answer whenever your network does; where none does, nobody is judged',
  }),
  concurrency: describe(z._default(wholeNumber(1, 256), 32), { description: 'how many requests run at the same time' }),
  perHost: describe(z._default(wholeNumber(1, 64), 4), { description: 'how many of them on one host' }),
  timeout: describe(z.prefault(durationField('1s'), '20s'), { description: 'the longest that one request may take' }),
  userAgent: describe(z.optional(z.string('expected a text')), {
    description: "what requests say they come from; default: blogctl, its version and the blog's address",
  }),
});
