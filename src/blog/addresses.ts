import type { BlogSettings } from '../core/blog.ts';
import type { Database } from '../core/database.ts';

/**
 * The blog's own address without a slash at its end, such as `https://blog.example.test`: what the configuration says, or
 * the blog's own row of django_site; null where neither is an address.
 */
export async function blogAddress({ query }: Database, blog: BlogSettings): Promise<string | null> {
  if (blog.url !== null) return originOf(blog.url);
  const site = await query.selectFrom('django_site').select('domain').where('id', '=', blog.siteId).executeTakeFirst();
  return site === undefined ? null : originOf(`${blog.protocol}://${site.domain}`);
}

/**
 * Where readers find an article, percent-encoded as a browser would; null where its slug makes no address.
 * @param address the blog's own
 */
export function articleUrl(
  address: string,
  { slug, topicId }: { readonly slug: string; readonly topicId: number | null },
): string | null {
  if (/^\.{0,2}$/.test(slug) || /\p{Cs}/u.test(slug)) return null;
  return `${address}${topicId === null ? '' : '/subject'}/article/${encodeURIComponent(slug)}/`;
}

// A row may hold anything: a path, blanks, an address with a protocol of its own.
function originOf(text: string): string | null {
  if (!/^https?:\/\/[^/?#@\s\\]+\/?$/i.test(text) || !URL.canParse(text)) return null;
  return new URL(text).origin;
}
