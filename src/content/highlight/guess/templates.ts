import type { Analyser } from './evidence.ts';

/** Sums up points for what is found. */
export function points(list: readonly (readonly [found: boolean, score: number])[]): number {
  return list.reduce((sum, [found, score]) => sum + (found ? score : 0), 0);
}

const django: Analyser = (it) =>
  points([
    [it.matches(/\{%\s*(?:block|extends)/), 0.4],
    [it.matches(/\{%\s*if\s*.*?%\}/), 0.1],
    [it.matches(/\{\{.*?\}\}/), 0.1],
  ]);
const erb: Analyser = (it) => points([[it.has('<%') && it.has('%>'), 0.4]]);
const evoque: Analyser = (it) => it.has('$evoque');
const xml: Analyser = (it) => points([[it.looksLikeXml, 0.45]]);
const html: Analyser = (it) => points([[it.isHtmlPage, 0.5]]);
const genshiMarks: Analyser = (it) =>
  points([
    [it.matches(/\$\{.*?\}/), 0.2],
    [it.matches(/py:(.*?)=["']/), 0.2],
  ]);
const genshi: Analyser = (it) => it.scoreOf(genshiMarks) + it.scoreOf(xml) - 0.01;
const php: Analyser = (it) => it.isRunBy(/php/) || points([[it.matches(/<\?(?!xml)/), 0.3]]);
const smarty: Analyser = (it) =>
  points([
    [it.matches(/\{if\s+.*?\}.*?\{\/if\}/), 0.15],
    [it.matches(/\{include\s+file=.*?\}/), 0.15],
    [it.matches(/\{foreach\s+.*?\}.*?\{\/foreach\}/), 0.15],
    [it.matches(/\{\$.*?\}/), 0.01],
  ]);
const lasso: Analyser = (it) =>
  points([
    [it.has('bin/lasso9'), 0.8],
    [it.matches(/<\?lasso/i), 0.4],
    [it.matches(/local\(/i), 0.4],
  ]);
const velocity: Analyser = (it) =>
  points([
    [it.matches(/#\{?macro\}?\(.*?\).*?#\{?end\}?/s), 0.25],
    [it.matches(/#\{?if\}?\(.+?\).*?#\{?end\}?/s), 0.15],
    [it.matches(/#\{?foreach\}?\(.+?\).*?#\{?end\}?/s), 0.15],
    [it.matches(/\$!?\{?[a-zA-Z_]/), 0.01],
  ]);

function less(of: Analyser, by: number): Analyser {
  return (it) => it.scoreOf(of) - by;
}

function inXml(of: Analyser): Analyser {
  return (it) => it.scoreOf(of) - 0.01 + points([[it.looksLikeXml, 0.4]]);
}

function inHtml(of: Analyser): Analyser {
  return (it) => it.scoreOf(of) - 0.01 + points([[it.isHtmlPage, 0.5]]);
}

/** Languages of templates, and what they make of a text. */
export const templates = {
  django,
  erb,
  evoque,
  xml,
  html,
  genshi,
  php,
  smarty,
  lasso,
  velocity,
  cssDjango: less(django, 0.05),
  cssErb: less(erb, 0.05),
  cssGenshi: less(genshi, 0.05),
  cssPhp: less(php, 0.05),
  cssSmarty: less(smarty, 0.05),
  cssLasso: (it) =>
    it.scoreOf(lasso) -
    0.05 +
    points([
      [it.has(';') && it.matches(/[\p{L}\p{N}_]:[^;]+;/u), 0.1],
      [it.has('padding:'), 0.1],
    ]),
  javascriptLasso: less(lasso, 0.05),
  htmlDjango: inHtml(django),
  htmlGenshi: (it) => it.scoreOf(genshiMarks) + it.scoreOf(html) - 0.01,
  htmlPhp: inHtml(php),
  htmlSmarty: inHtml(smarty),
  htmlLasso: inHtml(lasso),
  rhtml: inHtml(erb),
  xmlDjango: inXml(django),
  xmlErb: inXml(erb),
  xmlPhp: inXml(php),
  xmlSmarty: inXml(smarty),
  xmlLasso: inXml(lasso),
  xmlVelocity: inXml(velocity),
} satisfies Record<string, Analyser>;
