import MarkdownIt from 'markdown-it';
import abbr from 'markdown-it-abbr';
import deflist from 'markdown-it-deflist';
import footnote from 'markdown-it-footnote';
import type { ExtensionSwitch } from '../extensions.ts';
import type { RenderedArticle } from '../render.ts';

/** A renderer for blogs that write CommonMark with GitHub's tables and strikethrough. */
export function commonmarkRenderer(isOn: ExtensionSwitch): (markdown: string) => RenderedArticle {
  const md = new MarkdownIt({ html: true });
  if (isOn('footnotes')) md.use(footnote);
  if (isOn('def_list')) md.use(deflist);
  if (isOn('abbr')) md.use(abbr);
  return (markdown) => ({ html: md.render(markdown), toc: '' });
}
