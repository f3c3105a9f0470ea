import { load } from 'cheerio/slim';
import * as z from 'zod/mini';
import { splitPath } from '../../content/feeds/read-page.ts';
import { messageOf } from '../../core/errors.ts';
import { choice, describe, integer, mappings, settings, texts, toggle, type SettingsOf } from '../../core/settings.ts';

const nothing = load('');

// The selector's own complaint is what its writer can use: "Unmatched selector: [x".
function selector(description: string, { isWhole = false }: { readonly isWhole?: boolean } = {}) {
  const field = z
    .string('expected a CSS selector')
    .check(
      z.regex(/\S/, 'expected a CSS selector'),
      z.maxLength(500, 'expected a CSS selector of at most 500 characters'),
    )
    .check((context) => {
      if (isWhole && splitPath(context.value).attribute !== null) {
        const message = 'expected a CSS selector without an attribute (@) behind it';
        context.issues.push({ code: 'custom', message, input: context.value });
        return;
      }
      const problem = problemOf(splitPath(context.value).selector);
      if (problem === null) return;
      const message = `expected a CSS selector (${problem})`;
      context.issues.push({ code: 'custom', message, input: context.value });
    });
  return describe(field, { description });
}

// The parser takes these two for elements that no page has.
function problemOf(selector: string): string | null {
  const bare = selector.replace(/\\.|"[^"]*"|'[^']*'|\[[^\]]*\]/g, '_');
  if (bare.includes('@')) return 'an @ in the middle';
  const combinator = /[>+~]$/.exec(bare)?.[0];
  if (combinator !== undefined) return `nothing behind ${combinator}`;
  try {
    if (selector !== '') nothing('*').add('<p></p>').find(selector);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

const scraper = z
  .strictObject({
    feed: describe(z.string("expected a feed's name or address").check(z.minLength(1)), {
      description: 'the name or the address of the feed whose address is a page without a feed',
    }),
    item: selector('what an entry is on the page, such as article.post', { isWhole: true }),
    title: z._default(selector('its title within the item, such as h2 a'), 'a'),
    link: z._default(selector('its address, such as h2 a@href'), 'a@href'),
    date: z.optional(selector('its date, such as time@datetime')),
  })
  .check(
    z.refine(({ link }) => splitPath(link).attribute !== null, {
      path: ['link'],
      error: 'expected a selector with the attribute that holds the address, such as a@href',
    }),
  );

/** The settings of fetch-feeds. */
export const feedSettings = settings({
  feeds: texts('only these feeds, by id, name or host, whether they are to wait or not', { isArgument: true }),
  all: toggle('also feeds that are to wait after a failure, and those that said they are gone', { default: false }),
  items: integer('how many entries of a feed are kept, from its top', { default: 50, min: 1, max: 1000 }),
  scrapers: mappings('pages without a feed: {feed, item, title, link, date}, CSS selectors of their entries', scraper),
  compat: choice("izone: as the blog's own task does, every feed each time and all of its entries", {
    values: ['izone'],
  }),
});

/** Those settings, parsed. */
export type FeedSettings = SettingsOf<typeof feedSettings>;

/** The scraper of a feed, by its name or its address; null where it has none. */
export function scraperOf(
  { scrapers }: FeedSettings,
  feed: { readonly name: string; readonly url: string },
): FeedSettings['scrapers'][number] | null {
  return scrapers.find((one) => one.feed === feed.name || one.feed === feed.url) ?? null;
}
