import { maximumColoured } from '../bounds.ts';
import { stripOf } from './characters.ts';
import type { FenceInfo } from './fences.ts';

/** Colours code: answers its HTML, and the language it was taken for. */
export type Highlighter = (
  code: string,
  language: string | undefined,
) => { readonly html: string; readonly language: string; readonly effort: number };

/** Writes code, as found in the article, with the frame around it. */
export type CodeWriter = (code: string, info: FenceInfo) => string;

/** A highlighter for one article, which stops colouring when the article has had its share. */
export function boundedHighlighter(highlight: Highlighter): Highlighter {
  let left = maximumColoured;
  return (code, language) => {
    // Also what is only read to guess its language costs.
    const least = code.length + 500;
    if (left < least) return { html: `${escapeAll(code)}\n`, language: language ?? 'text', effort: 0 };
    const highlighted = highlight(code, language);
    left -= Math.max(least, highlighted.effort);
    return highlighted;
  };
}

const noInfo: FenceInfo = { language: undefined, classes: [], options: new Map() };

/** The blog's frame: the code in colours, and line numbers where they are asked for. */
export function framedCode(code: string, info: FenceInfo, highlight: Highlighter): string {
  const { html, language } = highlight(stripOf(code, '\n'), info.language);
  const classes = [...info.classes, 'codehilite'].join(' ');
  const numbers = info.options.get('linenums');
  const pre = `<pre><span></span><code class="language-${language}">${html}</code></pre>`;
  if (numbers === undefined || !/^(?:true|yes|y|on|1|table)$/i.test(numbers)) {
    return `<div class="${classes}">${pre}</div>\n`;
  }
  return withLineNumbers(pre, html.split('\n').length - 1, classes);
}

function withLineNumbers(pre: string, count: number, classes: string): string {
  const width = String(count).length;
  const numbers = Array.from({ length: count }, (_, index) => {
    return `<span class="normal">${String(index + 1).padStart(width)}</span>`;
  });
  return (
    `<div class="${classes}"><table class="${classes}table"><tr><td class="linenos"><div class="linenodiv">` +
    `<pre>${numbers.join('\n')}</pre></div></td><td class="code"><div>${pre}</div></td></tr></table></div>\n`
  );
}

const header = /^(?:::+|(#!))((?:\/[\p{L}\p{N}_]+)*[/ ])?([\p{L}\p{N}_#.+-]*)/u;

/**
 * Code that is marked by its indent. Its first line may name the language: `:::python`, or `#!python`, which also asks for
 * line numbers; a real `#!/bin/sh` stays in the code.
 */
export function framedIndentedCode(code: string, highlight: Highlighter): string {
  const text = stripOf(code, '\n');
  const found = header.exec(text);
  if (found === null) return framedCode(text, noInfo, highlight);
  const [, shebang, path, language = ''] = found;
  const feed = text.indexOf('\n');
  const body = path !== undefined ? text : feed < 0 ? '' : text.slice(feed + 1);
  const options = new Map(shebang === undefined ? [] : [['linenums', 'true']]);
  return framedCode(body, { language: language.toLowerCase(), classes: [], options }, highlight);
}

/** Code without colours, for a blog that leaves them to a script in the page. */
export function plainCode(code: string, info: FenceInfo): string {
  const language = info.language === undefined ? '' : ` class="language-${escapeAll(info.language)}"`;
  const classes = info.classes.length === 0 ? '' : ` class="${escapeAll(info.classes.join(' '))}"`;
  return `<pre${classes}><code${language}>${escapeAll(code)}</code></pre>`;
}

function escapeAll(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
