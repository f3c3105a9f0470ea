import type { ExpressionBuilder } from 'kysely';
import { inPieces, walkByKey } from '../core/batches.ts';
import type { Database, Tables } from '../core/database.ts';

/** What is known of an article without its body. */
export interface ArticleHead {
  readonly id: number;
  readonly slug: string;
  /** In the database's form; see blog/time.ts. */
  readonly createDate: string;
  readonly updateDate: string;
}

/** What publishing needs to know of an article beside its head. */
export interface ArticleState extends ArticleHead {
  readonly title: string;
  readonly isPublished: boolean;
}

const headColumns = ['id', 'slug', 'create_date as createDate', 'update_date as updateDate'] as const;

/** All articles without their bodies, in the blog's own order (newest first), page by page. */
export function articlesNewestFirst(
  { query }: Database,
  options: { readonly publishedOnly: boolean; readonly pageSize: number },
): AsyncGenerator<readonly ArticleHead[]> {
  return walkByKey<ArticleHead, ArticleHead>(
    options.pageSize,
    (article) => article,
    async (after, size) => {
      let page = query.selectFrom('blog_article').select(headColumns);
      if (options.publishedOnly) page = page.where(isPublished);
      if (after !== null) page = page.where((where) => isAfter(where, after));
      return page.orderBy('create_date', 'desc').orderBy('id', 'desc').limit(size).execute();
    },
  );
}

/** A published article as far as its address and its place in an order go. */
export interface PublishedArticle extends ArticleHead {
  readonly topicId: number | null;
  readonly views: number;
}

/** All published articles, in no order. */
export async function publishedArticles({ query }: Database): Promise<readonly PublishedArticle[]> {
  return query
    .selectFrom('blog_article')
    .select([...headColumns, 'topic_id as topicId', 'views'])
    .where(isPublished)
    .execute();
}

/** How many articles there are. */
export async function countArticles({ query }: Database, publishedOnly: boolean): Promise<number> {
  let articles = query.selectFrom('blog_article').select((count) => count.fn.countAll<number | string>().as('rows'));
  if (publishedOnly) articles = articles.where(isPublished);
  return Number((await articles.executeTakeFirst())?.rows ?? 0);
}

/** The articles of these ids, without their bodies, in no order. */
export async function articlesByIds({ query }: Database, ids: readonly number[]): Promise<readonly ArticleHead[]> {
  if (ids.length === 0) return [];
  return query
    .selectFrom('blog_article')
    .select(headColumns)
    .where('id', 'in', [...ids])
    .execute();
}

/** The articles of these ids with their titles, in no order. */
export async function articleStates({ query }: Database, ids: readonly number[]): Promise<readonly ArticleState[]> {
  const states: ArticleState[] = [];
  for (const piece of inPieces(ids, 500)) {
    const rows = await query
      .selectFrom('blog_article')
      .select([...headColumns, 'title', 'is_publish'])
      .where('id', 'in', [...piece])
      .execute();
    states.push(...rows.map(({ is_publish, ...row }) => ({ ...row, isPublished: Boolean(is_publish) })));
  }
  return states;
}

/** The slugs of all articles. */
export async function articleSlugs({ query }: Database): Promise<readonly string[]> {
  const rows = await query.selectFrom('blog_article').select('slug').execute();
  return rows.map((row) => row.slug);
}

/**
 * Publishes a draft as the blog's own task does: created and updated at `now`, in the database's form. Returns false
 * where there is no draft of this id, because somebody has published or deleted it.
 */
export async function publishArticle({ query }: Database, id: number, now: string): Promise<boolean> {
  const done = await query
    .updateTable('blog_article')
    .set((to) => ({ is_publish: to.lit(true), create_date: now, update_date: now }))
    .where('id', '=', id)
    .where((where) => where('is_publish', '=', where.lit(false)))
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

/** The article of an id or a slug, an id first; null where there is none. */
export async function articleByIdOrSlug({ query }: Database, name: string): Promise<ArticleHead | null> {
  const heads = query.selectFrom('blog_article').select(headColumns);
  if (/^\d{1,9}$/.test(name)) {
    const byId = await heads.where('id', '=', Number(name)).executeTakeFirst();
    if (byId !== undefined) return byId;
  }
  return (await heads.where('slug', '=', name).executeTakeFirst()) ?? null;
}

/** An article's text in Markdown; null where it has been deleted since. */
export async function articleBody({ query }: Database, id: number): Promise<string | null> {
  const row = await query.selectFrom('blog_article').select('body').where('id', '=', id).executeTakeFirst();
  return row?.body ?? null;
}

/** Slug and title of the articles of these ids; those that are gone are left out. */
export async function articleTitles(
  { query }: Database,
  ids: readonly number[],
): Promise<ReadonlyMap<number, { readonly slug: string; readonly title: string }>> {
  const titles = new Map<number, { readonly slug: string; readonly title: string }>();
  for (const piece of inPieces(ids, 500)) {
    const rows = query.selectFrom('blog_article').select(['id', 'slug', 'title']);
    for (const { id, slug, title } of await rows.where('id', 'in', [...piece]).execute())
      titles.set(id, { slug, title });
  }
  return titles;
}

// In words that all three databases read: SQLite and MySQL keep 0 and 1, PostgreSQL true and false.
function isPublished(where: ExpressionBuilder<Tables, 'blog_article'>) {
  return where('blog_article.is_publish', '=', where.lit(true));
}

function isAfter(where: ExpressionBuilder<Tables, 'blog_article'>, last: ArticleHead) {
  return where.or([
    where('create_date', '<', last.createDate),
    where.and([where('create_date', '=', last.createDate), where('id', '<', last.id)]),
  ]);
}
