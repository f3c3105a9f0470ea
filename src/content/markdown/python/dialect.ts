import type { ExtensionSwitch } from '../extensions.ts';
import type { RenderedArticle } from '../render.ts';
import { type Article, newArticle } from './article.ts';
import { BlockParser } from './blocks/parser.ts';
import { blockRules } from './blocks/rules.ts';
import { maximumBlocks, maximumLength, maximumWork, WorkBudget } from '../bounds.ts';
import { ampersand, isBlank, strip } from './characters.ts';
import { checkBoxes } from './checklist.ts';
import { boundedHighlighter, framedCode, type Highlighter, plainCode } from './code-frame.ts';
import { Element } from './element.ts';
import { takeFences } from './fences.ts';
import { extractHtml } from './html/extractor.ts';
import { InlineParser } from './inline/parser.ts';
import { abbreviationRules, inlineRules } from './inline/rules.ts';
import { normalizeWhiteSpace } from './normalize.ts';
import { serialize } from './serialize.ts';
import { unstash } from './stash.ts';
import { applyAttributeLists } from './tree/attributes.ts';
import { highlightBlocks } from './tree/code.ts';
import { addContents } from './tree/contents.ts';
import { addFootnotes, addWaysBack, finishFootnotes } from './tree/footnotes.ts';
import { layOut } from './tree/layout.ts';
import { unescapeTree } from './tree/unescape.ts';

/**
 * Renders articles as Python-Markdown does, step by step in its order, because each step sees what the earlier ones
 * left: the text is cleaned, code and HTML are taken out of it, the rest becomes a tree of blocks, then the markup
 * inside their texts is read, the tree is finished and written, and at last code and HTML are put back.
 */
export function pythonMarkdown(isOn: ExtensionSwitch, colour: Highlighter): (markdown: string) => RenderedArticle {
  const blocks = blockRules(isOn);
  const inline = inlineRules(isOn);

  return (markdown) => {
    if (isBlank(markdown)) return { html: '', toc: '' };
    if (markdown.length > maximumLength) throw new Error(`The article is longer than ${maximumLength} characters.`);
    const highlight = boundedHighlighter(colour);
    const article = newArticle(new WorkBudget(maximumWork));
    const parser = new BlockParser(article, blocks);
    const root = new Element('div');
    const texts = takeOut(article, markdown, isOn, highlight).split('\n\n');
    if (texts.length > maximumBlocks) throw new Error(`The article has more than ${maximumBlocks} blocks.`);
    parser.parseBlocks(root, texts);

    if (isOn('footnotes')) addFootnotes(root, parser);
    if (isOn('codehilite')) highlightBlocks(root, article, highlight);
    new InlineParser(article, [...inline, ...abbreviationRules(article)]).run(root);
    if (isOn('footnotes')) addWaysBack(root, article);
    layOut(root);
    if (isOn('attr_list')) applyAttributeLists(root);
    const contents = isOn('toc') ? addContents(root, article) : undefined;
    const toc = contents === undefined ? '' : putBack(article, serialize(contents), isOn);
    unescapeTree(root);

    return { html: strip(putBack(article, innerHtml(root), isOn)), toc };
  };
}

function takeOut(article: Article, markdown: string, isOn: ExtensionSwitch, highlight: Highlighter): string {
  const text = normalizeWhiteSpace(markdown);
  const withoutFences = !isOn('fenced_code')
    ? text
    : takeFences(article, text, (code, info) => {
        return isOn('codehilite') ? framedCode(code, info, highlight) : plainCode(code, info);
      });
  return extractHtml(article, withoutFences, isOn('md_in_html'));
}

function putBack(article: Article, html: string, isOn: ExtensionSwitch): string {
  const text = unstash(article, isOn('checklist') ? checkBoxes(html) : html);
  return finishFootnotes(text).replaceAll(ampersand, '&');
}

function innerHtml(root: Element): string {
  const html = serialize(root);
  return strip(html.slice('<div>'.length, html.lastIndexOf('</div>')));
}
