import type { BlogSettings } from '../core/blog.ts';
import type { Database } from '../core/database.ts';

/** What Django writes into the row where nobody has set it. */
const unset: readonly string[] = ['', 'example.com'];

/**
 * The blog's own address without a slash at its end: the configuration's `blog.url`, else what its django_site row says.
 * Null where neither says it.
 */
export async function blogAddress(
  { query }: Database,
  { url, protocol, siteId }: Pick<BlogSettings, 'url' | 'protocol' | 'siteId'>,
): Promise<string | null> {
  if (url !== null) return url.replace(/\/+$/, '');
  const row = await query.selectFrom('django_site').select('domain').where('id', '=', siteId).executeTakeFirst();
  const domain = row?.domain.trim().replace(/\/+$/, '') ?? '';
  return unset.includes(domain) ? null : `${protocol}://${domain}`;
}
