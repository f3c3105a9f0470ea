import { type Article, htmlPlaceholder } from './article.ts';
import { isBlockLevel } from './block-level.ts';
import { ETX, STX } from './characters.ts';
import { serialize } from './serialize.ts';

const inParagraph = new RegExp(`<p>${STX}wzxhzdk:([0-9]+)${ETX}</p>|${STX}wzxhzdk:([0-9]+)${ETX}`, 'g');
const firstTag = /^<\/?([^ >]+)/;

/** Puts the stashed HTML back. A block loses the paragraph around its placeholder; HTML may hold placeholders itself. */
export function unstash(article: Article, html: string): string {
  const pieces = article.stash.map((piece) => (typeof piece === 'string' ? piece : serialize(piece)));
  let text = html;
  while (text.includes(`${STX}wzxhzdk:`)) {
    article.budget.spend(text.length);
    const next = text.replace(inParagraph, (all: string, alone?: string, inside?: string) => {
      const piece = pieces[Number(alone ?? inside)];
      if (piece === undefined) return all;
      return alone === undefined || isBlock(piece) ? piece : `<p>${piece}</p>`;
    });
    if (next === text) return text;
    text = next;
  }
  return text;
}

/** What stashed HTML says as text: its tags, and if asked its entities, taken out. */
export function stashedText(article: Article, text: string, keepsEntities: boolean): string {
  return text.replace(htmlPlaceholder, (all: string, index: string) => {
    const piece = article.stash[Number(index)];
    if (piece === undefined || typeof piece !== 'string') return all;
    const words = piece.replace(/<[^>]+>/g, '');
    return keepsEntities ? words : words.replace(/&[#a-zA-Z0-9]+;/g, '');
  });
}

function isBlock(html: string): boolean {
  const tag = firstTag.exec(html)?.[1];
  return tag !== undefined && (/^[!?@%]/.test(tag) || isBlockLevel(tag));
}
