import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import { type ContentsNode, nestContents } from '../contents.ts';
import { slugOf, UniqueIds } from '../slug.ts';

interface Heading {
  readonly level: number;
  readonly id: string;
  readonly name: string;
}

/** Gives every heading an id and leaves the table of contents in the environment of the rendering. */
export function headings(md: MarkdownIt): void {
  md.core.ruler.push('headings', (state) => nameHeadings(state, md));
}

function nameHeadings(state: StateCore, md: MarkdownIt): void {
  const used = new UniqueIds([]);
  const found: Heading[] = [];
  for (const [index, token] of state.tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const name = wordsOf(state.tokens[index + 1]?.children ?? []).trim();
    const id = String(token.attrGet('id') ?? used.take(slugOf(name)));
    token.attrSet('id', id);
    found.push({ level: Number(token.tag.slice(1)), id, name });
  }
  state.env['contents'] = contentsOf(nestContents(found), md);
}

function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      token.type === 'text' || token.type === 'code_inline' ? token.content : wordsOf(token.children ?? []),
    )
    .join('');
}

function contentsOf(nodes: readonly ContentsNode<Heading>[], md: MarkdownIt): string {
  return `<div class="toc">\n${listOf(nodes, md)}\n</div>\n`;
}

function listOf(nodes: readonly ContentsNode<Heading>[], md: MarkdownIt): string {
  const escape = md.utils.escapeHtml;
  const items = nodes.map(({ entry, children }) => {
    const below = children.length === 0 ? '' : `${listOf(children, md)}\n`;
    return `<li><a href="#${escape(entry.id)}">${escape(entry.name)}</a>${below}</li>`;
  });
  return items.length === 0 ? '<ul></ul>' : `<ul>\n${items.join('\n')}\n</ul>`;
}
