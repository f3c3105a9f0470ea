import { expect, test } from 'vitest';
import { createRenderer } from '../../../src/content/markdown/render.ts';
import { pageLines } from './page.ts';

// Texts that comparing with the real Python-Markdown at random has found, and what it makes of them.
const pages: Record<string, string> = {
  '** *a**b**cb* ***': '<p><strong> <em>a<strong>b</strong>cb* </em></strong></p>',
  '[^]:[^释]:': '<div class="footnote">\n<hr />\n<ol>\n<li id="fn:"></li>\n</ol>\n</div>',
  'x[^] [^释]\n\n[^]:[^释]:':
    '<p>x<sup id="fnref:"><a class="footnote-ref" href="#fn:">1</a></sup> <sup id="fnref:释"><a class="footnote-ref" ' +
    'href="#fn:释">2</a></sup></p>\n<div class="footnote">\n<hr />\n<ol>\n<li id="fn:"></li>\n</ol>\n</div>',
  '[^`[^b]\n\n[^b]: x':
    '<p>[^`[^b]</p>\n<div class="footnote">\n<hr />\n<ol>\n<li id="fn:b">\n<p>x&#160;<a class="footnote-backref" ' +
    'href="#fnref:b" title="Jump back to footnote 1 in the text">&#8617;</a></p>\n</li>\n</ol>\n</div>',
  '\n<!--></p>': '<p>&lt;!--&gt;</p></p>',
  'x\n<!--></p>\ny': '<p>x\n&lt;!--&gt;</p>\ny</p>',
};

test.each(Object.entries(pages))('renders %j as Python-Markdown does', (text, page) => {
  expect(pageLines(createRenderer({ preset: 'izone' })(text).html)).toEqual(pageLines(page));
});
