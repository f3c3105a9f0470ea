import { idOf } from '../content-id.ts';
import type { Article } from './article.ts';

/**
 * An id for a piece of an article. The blog takes it at random; here it follows from the content, so that the page of an
 * unchanged article does not change. Equal pieces of one article get different ids.
 */
export function stableId(article: Article, content: string): string {
  let id = idOf(content);
  for (let again = 1; article.usedIds.has(id); again++) id = idOf(content, again);
  article.usedIds.add(id);
  return id;
}
