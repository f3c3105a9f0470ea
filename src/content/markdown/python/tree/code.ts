import { type Article, stashHtml } from '../article.ts';
import { unescapeCode } from '../characters.ts';
import { type Highlighter, framedIndentedCode } from '../code-frame.ts';
import { codeOf, type Element, walk } from '../element.ts';

/** Colours the code blocks that are in the tree: those that are marked by their indent. */
export function highlightBlocks(root: Element, article: Article, highlight: Highlighter): void {
  for (const block of walk(root)) {
    const code = codeOf(block);
    if (code === undefined || block.children.length !== 1) continue;
    const html = framedIndentedCode(unescapeCode(code.text), highlight);
    block.clear();
    // A paragraph with nothing but stashed HTML gives way to it.
    block.tag = 'p';
    block.text = stashHtml(article, html);
  }
}
