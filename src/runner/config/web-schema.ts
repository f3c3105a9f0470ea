import * as z from 'zod/mini';
import { describe, durationField } from '../../core/settings.ts';
import { isNetwork } from '../../resources/http/network.ts';

const page = 'expected an address such as https://example.com/';

// One with a user name in it is never asked.
function isPage(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\//i.test(text) && new URL(text).username === '';
}

const pages = z.array(z.string(page).check(z.refine(isPage, page)), 'expected a list');

const network = 'expected an address or a network such as 192.168.7.0/24';

const networks = z.array(z.string(network).check(z.refine(isNetwork, network)), 'expected a list');

// Bare ASCII: it becomes a line of the request.
const agentName = z
  .string('expected a text')
  .check(z.regex(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/, 'expected one line of ASCII characters'));

function wholeNumber(least: number, most: number) {
  const message = `expected a whole number from ${least} to ${most}`;
  return z.int(message).check(z.gte(least, message), z.lte(most, message));
}

/** The `http` section. */
export const httpSchema = z.strictObject({
  allowPrivate: describe(z._default(networks, []), {
    description: 'private addresses that may be fetched, such as 127.0.0.0/8; by default only public ones are',
  }),
  canaries: describe(z._default(pages, []), {
    description: 'addresses that answer whenever your network does; where none does, nobody is judged',
  }),
  concurrency: describe(z._default(wholeNumber(1, 256), 32), { description: 'how many requests run at the same time' }),
  perHost: describe(z._default(wholeNumber(1, 64), 4), { description: 'how many of them on one host' }),
  spacing: describe(z.prefault(durationField(), '250ms'), {
    description: 'how far the starts of two requests to one host are apart',
  }),
  timeout: describe(z.prefault(durationField('1s'), '20s'), { description: 'the longest that one request may take' }),
  connectTimeout: describe(z.prefault(durationField('1s'), '10s'), {
    description: 'the longest that a connection may take to be made',
  }),
  answerTimeout: describe(z.prefault(durationField('1s'), '15s'), {
    description: 'the longest until an answer begins, its headers read',
  }),
  userAgent: describe(z.optional(agentName), {
    description: "what requests say they come from; default: blogctl, its version and the blog's address",
  }),
});
