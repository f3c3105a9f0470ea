import { sql } from 'kysely';
import type { TestBlog } from './blog.ts';

/** An article as a test wants it; the rest does not matter. */
export interface TestArticle {
  readonly id: number;
  readonly slug?: string;
  readonly body?: string;
  readonly createDate?: string;
  readonly updateDate?: string;
  readonly isPublished?: boolean;
}

/** Removes all articles, with what hangs on them. */
export async function removeArticles({ query }: TestBlog): Promise<void> {
  for (const table of [
    'comment_notification',
    'comment_articlecomment',
    'blog_article_tags',
    'blog_article_keywords',
  ] as const) {
    await query.deleteFrom(table).execute();
  }
  await query.deleteFrom('blog_article').execute();
}

/** Adds articles to a blog, and what they need beside them. */
export async function addArticles(blog: TestBlog, articles: readonly TestArticle[]): Promise<void> {
  await addAuthorAndCategory(blog);
  for (let start = 0; start < articles.length; start += 500) {
    const rows = articles.slice(start, start + 500).map(rowOf);
    await blog.query.insertInto('blog_article').values(rows).execute();
  }
}

function rowOf({
  id,
  slug = `article-${id}`,
  body = `# Article ${id}\n\nText.`,
  isPublished = true,
  ...dates
}: TestArticle) {
  const { createDate = '2026-03-01 10:00:00', updateDate = createDate } = dates;
  return {
    id,
    slug,
    body,
    title: `Article ${id}`,
    summary: '',
    img_link: '',
    views: 0,
    create_date: createDate,
    update_date: updateDate,
    is_top: truth(false),
    is_publish: truth(isPublished),
    author_id: 1,
    category_id: 1,
  };
}

async function addAuthorAndCategory({ query }: TestBlog): Promise<void> {
  const author = await query.selectFrom('oauth_ouser').select('id').where('id', '=', 1).executeTakeFirst();
  if (author !== undefined) return;
  await query.insertInto('blog_category').values({ id: 1, name: 'c', slug: 'c', description: '' }).execute();
  await query
    .insertInto('oauth_ouser')
    .values({
      id: 1,
      password: '',
      last_login: null,
      is_superuser: truth(false),
      is_staff: truth(false),
      is_active: truth(true),
      username: 'author',
      first_name: '',
      last_name: '',
      email: '',
      date_joined: '2026-01-01 00:00:00',
      link: '',
      avatar: '',
    })
    .execute();
}

// In words that all three databases read.
function truth(value: boolean) {
  return sql<boolean>`${sql.raw(String(value))}`;
}
