import type { Article } from './article.ts';

/**
 * Twelve hexadecimal digits for a piece of an article. The blog takes them at random; here they follow from the content,
 * so that the page of an unchanged article does not change. Equal pieces of one article get different digits.
 */
export function stableId(article: Article, content: string): string {
  let id = digits(content, 0);
  for (let again = 1; article.usedIds.has(id); again++) id = digits(content, again);
  article.usedIds.add(id);
  return id;
}

/** FNV-1a, run twice with different starts for 48 bits: it need not resist anyone, only spread. */
function digits(content: string, seed: number): string {
  const high = hash(content, 0x811c9dc5 + seed) & 0xffffff;
  const low = hash(content, 0x01000193 ^ seed) & 0xffffff;
  return high.toString(16).padStart(6, '0') + low.toString(16).padStart(6, '0');
}

function hash(content: string, start: number): number {
  let value = start;
  for (let at = 0; at < content.length; at++) value = Math.imul(value ^ content.charCodeAt(at), 0x01000193);
  return value ^ (value >>> 15);
}
