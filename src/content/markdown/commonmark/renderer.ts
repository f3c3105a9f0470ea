import MarkdownIt, { type MarkdownIt as Parser } from 'markdown-it';
import abbr from 'markdown-it-abbr';
import attributes from 'markdown-it-attrs';
import deflist from 'markdown-it-deflist';
import footnote from 'markdown-it-footnote';
import { highlightCode } from '../../highlight/highlight.ts';
import type { ExtensionSwitch } from '../extensions.ts';
import type { RenderedArticle } from '../render.ts';
import { alerts, codeGroups } from './containers.ts';
import { headings } from './headings.ts';
import { checklists, deletions, icons } from './marks.ts';

/** How long an article may be, in characters. */
const maximumLength = 8_000_000;

/**
 * A renderer for blogs that write CommonMark with GitHub's additions: markdown-it with its usual plugins, and the blog's
 * own signs, boxes, tabs, heading ids and colours.
 */
export function commonmarkRenderer(isOn: ExtensionSwitch): (markdown: string) => RenderedArticle {
  const md = new MarkdownIt({ html: true, linkify: true, maxNesting: 100 });
  md.renderer.rules['fence'] = (tokens, index) => {
    const token = tokens[index];
    return codeFrame(token?.content ?? '', /^[\w#.+-]+/.exec(token?.info.trim() ?? '')?.[0], isOn('codehilite'), md);
  };
  md.renderer.rules['code_block'] = (tokens, index) => codeFrame(tokens[index]?.content ?? '', undefined, false, md);
  if (!isOn('fenced_code')) md.disable('fence');
  if (!isOn('tables')) md.disable('table');
  if (!isOn('del')) md.disable('strikethrough');
  if (isOn('del')) md.use(deletions);
  if (isOn('footnotes')) md.use(footnote);
  if (isOn('def_list')) md.use(deflist);
  if (isOn('abbr')) md.use(abbr);
  if (isOn('attr_list')) md.use(attributes, { leftDelimiter: '{:', rightDelimiter: '}' });
  if (isOn('alert')) md.use(alerts);
  if (isOn('code_group')) md.use(codeGroups);
  if (isOn('checklist')) md.use(checklists);
  if (isOn('icon')) md.use(icons);
  if (isOn('toc')) md.use(headings);

  return (markdown) => {
    if (markdown.length > maximumLength) throw new Error(`The article is longer than ${maximumLength} characters.`);
    const environment: { contents?: string } = {};
    const html = md.render(markdown, environment);
    return { html: html.trim(), toc: markdown.trim() === '' ? '' : (environment.contents ?? '') };
  };
}

function codeFrame(code: string, named: string | undefined, isColoured: boolean, md: Parser): string {
  if (!isColoured || named === undefined) {
    const language = named === undefined ? '' : ` class="language-${md.utils.escapeHtml(named)}"`;
    return `<pre><code${language}>${md.utils.escapeHtml(code)}</code></pre>\n`;
  }
  const { html, language } = highlightCode(code, named);
  return `<div class="codehilite"><pre><span></span><code class="language-${md.utils.escapeHtml(language)}">${html}</code></pre></div>\n`;
}
