import type { DemoArticle } from '../articles/article.ts';
import { categoryKeys, keywordCount, tagNames, topicNames } from './labels.ts';
import { day, hour, naiveTime, startOfDay } from './naive.ts';
import type { Random } from './random.ts';
import type { DemoRow, DemoRowsOf, DemoSetting } from './setting.ts';

/** An article's row with what the other makers of rows reckon with. */
export interface DatedArticle {
  readonly id: number;
  readonly row: DemoRow<'blog_article'>;
  readonly created: number;
}

type ArticleTable = 'blog_article' | 'blog_article_tags' | 'blog_article_keywords';

/** The articles, oldest first, spread over three years; some of the last week, so that there is news to push. */
export function datedArticles({ now, random }: DemoSetting, articles: readonly DemoArticle[]): DatedArticle[] {
  const ages = publicationAges(articles, random);
  const oldestFirst = articles
    .map((article, index) => ({ article, age: ages[index] ?? 1 }))
    .sort((left, right) => right.age - left.age);
  const orders = new Map<string, number>();
  return oldestFirst.map(({ article, age }, index) => {
    const created = startOfDay(now - age * day) + random.int(8 * hour, 23 * hour);
    const isRevised = random.chance(0.4);
    const updated = isRevised ? Math.min(now - hour, created + random.int(hour, 90 * day)) : created;
    const order = orders.get(article.topic ?? '') ?? 0;
    if (article.topic) orders.set(article.topic, order + 1);
    const row: DemoRow<'blog_article'> = {
      id: index + 1,
      title: article.title,
      summary: article.summary,
      body: article.body,
      img_link: 'article/default/default.png',
      create_date: naiveTime(created),
      update_date: naiveTime(updated, isRevised ? random.int(1, 999_999) : 0),
      views: 0,
      slug: article.slug,
      is_top: article.isTop ?? false,
      is_publish: !article.isDraft,
      author_id: 1,
      category_id: categoryKeys.indexOf(article.category) + 1,
      topic_id: article.topic ? topicNames.indexOf(article.topic) + 1 : null,
      topic_order: article.topic ? order : null,
      topic_short_title: article.shortTitle ?? null,
    };
    return { id: index + 1, row, created };
  });
}

/** Days before now for each article: denser towards the present, and rising within a chapter. */
function publicationAges(articles: readonly DemoArticle[], random: Random): number[] {
  const slots = articles.map((_, index) => 1 + Math.round(1090 * (index / articles.length) ** 1.5));
  const ages = articles.map(() => slots.splice(random.int(0, slots.length - 1), 1)[0] ?? 1);
  for (const topic of new Set(articles.map((article) => article.topic))) {
    if (!topic) continue;
    const places = articles.flatMap((article, index) => (article.topic === topic ? [index] : []));
    const sorted = places.map((place) => ages[place] ?? 1).sort((left, right) => right - left);
    places.forEach((place, index) => (ages[place] = sorted[index] ?? 1));
  }
  return ages;
}

/** The articles' rows with their tags and keywords. */
export function articleRows(
  { random }: DemoSetting,
  articles: readonly DemoArticle[],
  dated: readonly DatedArticle[],
  views: ReadonlyMap<number, number>,
): DemoRowsOf<ArticleTable> {
  const tags = tagNames(articles);
  const bySlug = new Map(articles.map((article) => [article.slug, article]));
  const tagLinks = dated.flatMap(({ id, row }) =>
    (bySlug.get(row.slug)?.tags ?? []).map((tag) => ({ article_id: id, tag_id: tags.indexOf(tag) + 1 })),
  );
  const keywordLinks = dated.flatMap(({ id }) => {
    const first = random.int(1, keywordCount);
    const second = (first % keywordCount) + 1;
    return [first, second].map((keyword) => ({ article_id: id, keyword_id: keyword }));
  });
  return {
    blog_article: dated.map(({ id, row }) => ({ ...row, views: views.get(id) ?? 0 })),
    blog_article_tags: tagLinks.map((link, index) => ({ id: index + 1, ...link })),
    blog_article_keywords: keywordLinks.map((link, index) => ({ id: index + 1, ...link })),
  };
}
