import MarkdownIt, { type MarkdownIt as Parser } from 'markdown-it';
import abbr from 'markdown-it-abbr';
import attributes from 'markdown-it-attrs';
import deflist from 'markdown-it-deflist';
import footnote from 'markdown-it-footnote';
import { highlightCode } from '../../highlight/highlight.ts';
import type { ExtensionSwitch } from '../extensions.ts';
import { maximumBlocks, maximumLength } from '../bounds.ts';
import { boundedHighlighter, type Highlighter } from '../python/code-frame.ts';
import type { RenderedArticle } from '../render.ts';
import { alerts, codeGroups } from './containers.ts';
import { headings } from './headings.ts';
import { checklists, deletions, icons } from './marks.ts';

/** Up to which length, in characters, an article's attribute lists are read, which takes long. */
const longestWithAttributes = 500_000;

/** How often `[^` may stand in an article: the plugin's time grows with the square of it. */
const mostFootnoteMarks = 6000;

/**
 * A renderer for blogs that write CommonMark with GitHub's additions: markdown-it with its usual plugins, and the blog's
 * own signs, boxes, tabs, heading ids and colours.
 */
export function commonmarkRenderer(isOn: ExtensionSwitch): (markdown: string) => RenderedArticle {
  let highlight = highlightCode;
  const colour: Highlighter = (code, language) => highlight(code, language);
  const plain = parserWith(isOn, colour);
  const withAttributes = parserWith(isOn, colour);
  withAttributes.use(attributes, { leftDelimiter: '{:', rightDelimiter: '}' });

  return (markdown) => {
    if (markdown.length > maximumLength) throw new Error(`The article is longer than ${maximumLength} characters.`);
    if (markdown.trim() === '') return { html: '', toc: '' };
    if (markdown.split(/\n\s*\n/).length > maximumBlocks) {
      throw new Error(`The article has more than ${maximumBlocks} blocks.`);
    }
    if (isOn('footnotes') && markdown.split('[^').length > mostFootnoteMarks) {
      throw new Error('The article has too many footnotes and references to them.');
    }
    highlight = boundedHighlighter(highlightCode);
    const hasAttributes = isOn('attr_list') && markdown.length < longestWithAttributes && markdown.includes('{:');
    const environment: { contents?: string } = {};
    const html = (hasAttributes ? withAttributes : plain).render(markdown, environment);
    return { html: html.trim(), toc: environment.contents ?? '' };
  };
}

function parserWith(isOn: ExtensionSwitch, colour: Highlighter): Parser {
  const md = new MarkdownIt({ html: true, linkify: true });
  md.renderer.rules['fence'] = (tokens, index) => {
    const token = tokens[index];
    const language = /^[\w#.+-]+/.exec(token?.info.trim() ?? '')?.[0];
    return codeFrame(token?.content ?? '', language, isOn('codehilite') ? colour : undefined, md);
  };
  md.renderer.rules['code_block'] = (tokens, index) =>
    codeFrame(tokens[index]?.content ?? '', undefined, undefined, md);
  if (!isOn('fenced_code')) md.disable('fence');
  if (!isOn('tables')) md.disable('table');
  if (isOn('del')) md.use(deletions);
  else md.disable('strikethrough');
  if (isOn('footnotes')) md.use(footnote);
  if (isOn('def_list')) md.use(deflist);
  if (isOn('abbr')) md.use(abbr);
  if (isOn('alert')) md.use(alerts);
  if (isOn('code_group')) md.use(codeGroups);
  if (isOn('checklist')) md.use(checklists);
  if (isOn('icon')) md.use(icons);
  if (isOn('toc')) md.use(headings);
  return md;
}

function codeFrame(code: string, named: string | undefined, colour: Highlighter | undefined, md: Parser): string {
  const { escapeHtml } = md.utils;
  if (colour === undefined || named === undefined) {
    const language = named === undefined ? '' : ` class="language-${escapeHtml(named)}"`;
    return `<pre><code${language}>${escapeHtml(code)}</code></pre>\n`;
  }
  const { html, language } = colour(code, named);
  const head = `<pre><span></span><code class="language-${escapeHtml(language)}">`;
  return `<div class="codehilite">${head}${html}</code></pre></div>\n`;
}
