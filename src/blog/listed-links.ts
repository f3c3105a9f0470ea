import { walkByKey } from '../core/batches.ts';
import type { Database } from '../core/database.ts';

/** The two lists of the blog whose links are checked: friends, and the sites of its navigation page. */
export type ListedKind = 'friend' | 'site';

/** A link that the blog shows, or does not. Name and link may be a stranger's, and of any length in SQLite. */
export interface ListedLink {
  readonly id: number;
  readonly name: string;
  readonly link: string;
  readonly isShown: boolean;
  /** Why it is not shown. */
  readonly reason: string | null;
}

const pageSize = 500;
const columns = ['id', 'name', 'link', 'is_show', 'not_show_reason'] as const;

/**
 * The links that may be checked, by id: of the friends those that are active (the others wait for the owner's word), of
 * the sites those that have a truth value in is_show (NULL means: never).
 */
export async function listedLinks({ query }: Database, kind: ListedKind): Promise<readonly ListedLink[]> {
  const links: ListedLink[] = [];
  const pages = walkByKey<ListedLink, number>(
    pageSize,
    ({ id }) => id,
    async (after, size) => {
      if (kind === 'friend') {
        let page = query.selectFrom('blog_friendlink').select(columns);
        page = page.where((where) => where('is_active', '=', where.lit(true)));
        if (after !== null) page = page.where('id', '>', after);
        return (await page.orderBy('id').limit(size).execute()).map(linkOf);
      }
      let page = query.selectFrom('webstack_navigationsite').select(columns).where('is_show', 'is not', null);
      if (after !== null) page = page.where('id', '>', after);
      return (await page.orderBy('id').limit(size).execute()).map(linkOf);
    },
  );
  for await (const page of pages) links.push(...page);
  return links;
}

/**
 * Hides a link (with a reason) or shows it again (with an empty one), if it is still as it was read. False where it is
 * not: its owner was faster, and knows better.
 */
export async function setShown(
  { query }: Database,
  kind: ListedKind,
  { id, link, isShown, reason: was }: ListedLink,
  reason: string | null,
): Promise<boolean> {
  if (kind === 'friend') {
    const done = await query
      .updateTable('blog_friendlink')
      .set((to) => ({ is_show: to.lit(reason === null), not_show_reason: reason ?? '' }))
      .where('id', '=', id)
      .where('link', '=', link)
      .where((where) => where('is_show', '=', where.lit(isShown)))
      .where((where) => where('is_active', '=', where.lit(true)))
      .where('not_show_reason', was === null ? 'is' : '=', was)
      .executeTakeFirst();
    return done.numUpdatedRows > 0n;
  }
  const done = await query
    .updateTable('webstack_navigationsite')
    .set((to) => ({ is_show: to.lit(reason === null), not_show_reason: reason ?? '' }))
    .where('id', '=', id)
    .where('link', '=', link)
    .where((where) => where('is_show', '=', where.lit(isShown)))
    .where('not_show_reason', was === null ? 'is' : '=', was)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

interface LinkRow {
  readonly id: number;
  readonly name: string;
  readonly link: string;
  readonly is_show: number | boolean | null;
  readonly not_show_reason: string | null;
}

function linkOf({ id, name, link, is_show, not_show_reason }: LinkRow): ListedLink {
  return { id, name, link, isShown: Boolean(is_show), reason: not_show_reason };
}
