import type { Analyser, Evidence } from './evidence.ts';
import { perl6 } from './perl6.ts';
import { points, templates } from './templates.ts';
import { teraTermCommands } from './tera-term.ts';

const word = '[\\p{L}\\p{N}_]';
const entry = new RegExp(`^${word}+\\s*:\\s*${word}`, 'u');
const teraTerm = new RegExp(`(?<!${word})(?:${teraTermCommands.join('|')})(?!${word})`, 'iu');
const go = new RegExp(`(?<!${word})go(?!${word})`, 'iu');

function count(it: Evidence, pattern: RegExp): number {
  return it.text.match(pattern)?.length ?? 0;
}

/** SQL dialects are told apart by what they put around names: MySQL backticks, Transact-SQL square brackets. */
function quotedNames(it: Evidence): [backticks: number, brackets: number] {
  return [count(it, /`[a-zA-Z_][\p{L}\p{N}_]*`/gu), count(it, /\[[a-zA-Z_][\p{L}\p{N}_]*\]/gu)];
}

function preference(own: number, other: number): number {
  if (own + other >= 1 && own >= 2 * other) return 0.5;
  if (own > other) return 0.2;
  return own > 0 ? 0.1 : 0;
}

function brainfuck(it: Evidence): number {
  const signs = 0.25 * Math.max(256, it.text.length);
  if (count(it, /[+-]/g) > signs || count(it, /[<>]/g) > signs) return 1;
  return it.has('[-]') ? 0.5 : 0;
}

function matlab(it: Evidence): number {
  const first = /^\s*%/.test(it.text) ? '' : (it.text.split('\n', 1)[0] ?? '').trim();
  if (first.startsWith('function') && !first.includes('{')) return 1;
  return it.matches(/^\s*%/m) || it.matches(/^![\p{L}\p{N}_]+/mu) ? 0.2 : 0;
}

function ini(it: Evidence): boolean {
  const feed = it.text.indexOf('\n');
  return feed >= 3 && it.text.startsWith('[') && it.text.charAt(feed - 1) === ']';
}

function restructuredText(it: Evidence): number {
  const { text } = it;
  if (text.startsWith('..') && text.charAt(2) !== '.') return 0.3;
  const first = text.indexOf('\n');
  const second = text.indexOf('\n', first + 1);
  const sign = text.charAt(first + 1);
  const isLine = second > -1 && first * 2 + 1 === second && '-='.includes(sign) && sign === text.charAt(second - 1);
  return isLine ? 0.5 : 0;
}

function groff(it: Evidence): number | boolean {
  if (!it.text.startsWith('.')) return false;
  if (it.text.startsWith('.\\"') || it.text.startsWith('.TH ')) return true;
  return points([[it.matches(/^.[\p{L}\p{N}]{2}\s/u), 0.9]]);
}

function objectiveC(it: Evidence): number {
  if (it.matches(/@(?:end|implementation|protocol)/)) return 1;
  if (it.has('@"')) return 0.8;
  if (it.matches(/@[0-9]+/)) return 0.7;
  return it.matches(/\[\s*[a-zA-Z_][\p{L}\p{N}_]*\s+(?:[a-zA-Z_][\p{L}\p{N}_]*\s*\]|(?:[a-zA-Z_][\p{L}\p{N}_]*)?:)/u) ? 0.8 : 0;
}

const c: Analyser = (it) => points([[it.matches(/^\s*#include [<"]|^\s*#ifn?def /m), 0.1]]);
const cpp: Analyser = (it) => (it.matches(/#include <[a-z_]+>/) ? 0.2 : points([[it.has('using namespace '), 0.4]]));
const python: Analyser = (it) => it.isRunBy(/pythonw?(?:3(?:\.\d)?)?/) || it.text.slice(0, 1000).includes('import ');

/**
 * Who claims a text that names no language, in the order in which Pygments asks: by name of its lexer. Where several
 * are equally sure, the first one has it. Only languages that an article may be taken for are here.
 */
export const analysers: readonly (readonly [alias: string, analyser: Analyser])[] = [
  ['actionscript3', (it) => points([[it.matches(entry), 0.3]])],
  ['antlr-java', (it) => points([[it.matches(/^\s*grammar\s+[a-zA-Z0-9]+\s*;/m), 0.9]])],
  ['antlr', (it) => it.matches(/^\s*grammar\s+[a-zA-Z0-9]+\s*;/m)],
  ['arduino', cpp],
  ['asc', (it) => it.matches(/^-----BEGIN [^\n]+-----\r?\n/)],
  ['bash', (it) => it.isRunBy(/(?:ba|z|)sh/) || points([[it.text.startsWith('$ '), 0.2]])],
  ['brainfuck', brainfuck],
  ['bugs', (it) => points([[it.matches(/^\s*model\s*\{/m), 0.7]])],
  ['c', c],
  ['cmake', (it) => points([[it.matches(/^[ \t]*CMAKE_MINIMUM_REQUIRED[ \t]*\([ \t]*VERSION[ \t]*\d/im), 0.8]])],
  ['cbmbas', (it) => points([[it.matches(/^\p{Nd}+/u), 0.2]])],
  ['componentpascal', (it) => points([[it.has('BEGIN'), 0.01], [it.has('END'), 0.02], [it.has('PROCEDURE'), 0.01]])],
  ['coq', (it) => it.has('Qed') && it.has('Proof')],
  ['cplint', (it) => it.has(':-')],
  ['css+django', templates.cssDjango],
  ['css+ruby', templates.cssErb],
  ['css+genshitext', templates.cssGenshi],
  ['css+php', templates.cssPhp],
  ['css+smarty', templates.cssSmarty],
  ['diff', (it) => /^(?:Index: |diff )/.test(it.text) || points([[it.text.startsWith('--- '), 0.9]])],
  ['django', templates.django],
  ['dtd', (it) => points([[!it.looksLikeXml && it.matches(/<!(?:ELEMENT|ATTLIST|ENTITY)/), 0.8]])],
  ['ecl', (it) => points([[it.has('->'), 0.01], [it.has('BEGIN'), 0.01], [it.has('END'), 0.01]])],
  ['erb', templates.erb],
  ['html+evoque', templates.evoque],
  ['fsharp', (it) => points([[it.has('|>'), 0.05], [it.has('<|'), 0.05]])],
  ['forth', (it) => points([[it.matches(/\n:[^\n]+;\n/), 0.3]])],
  [
    'gdscript',
    (it) =>
      points([
        [it.matches(/func (?:_ready|_init|_input|_process|_unhandled_input)/), 0.8],
        [it.matches(/extends |class_name |onready |preload|load|setget|func [^_]/), 0.4],
        [it.matches(/var|const|enum|export|signal|tool/), 0.2],
      ]),
  ],
  ['gas', (it) => it.matches(/^\.(?:text|data|section)/m) || points([[it.matches(/^\.[\p{L}\p{N}_]+/mu), 0.1]])],
  ['genshi', templates.genshi],
  ['groff', groff],
  ['groovy', (it) => it.isRunBy(/groovy/)],
  ['haxe', (it) => points([[it.matches(entry), 0.3]])],
  ['html+django', templates.htmlDjango],
  ['html+genshi', templates.htmlGenshi],
  ['html', templates.html],
  ['html+php', templates.htmlPhp],
  ['html+smarty', templates.htmlSmarty],
  ['http', (it) => /^(?:(?:GET|POST|PUT|DELETE|HEAD|OPTIONS|TRACE|PATCH) \/|CONNECT )/.test(it.text)],
  ['hylang', (it) => points([[it.has('(import ') || it.has('(defn '), 0.9]])],
  ['hybris', (it) => points([[it.matches(/\b(?:public|private)\s+method\b/), 0.01]])],
  ['idl', (it) => points([[it.has('endelse'), 0.2], [it.has('endswitch'), 0.01]])],
  ['ini', ini],
  ['jsp', (it) => points([[true, -0.01], [it.looksLikeXml, 0.4], [it.has('<%') && it.has('%>'), 0.1]])],
  ['julia', (it) => it.isRunBy(/julia/)],
  ['css+lasso', templates.cssLasso],
  ['html+lasso', templates.htmlLasso],
  ['javascript+lasso', templates.javascriptLasso],
  ['lasso', templates.lasso],
  ['xml+lasso', templates.xmlLasso],
  ['limbo', (it) => points([[it.matches(/^implement [\p{L}\p{N}_]+;/mu), 0.7]])],
  ['logos', (it) => it.matches(/%(?:hook|ctor|init|c\()/)],
  ['make', (it) => points([[it.matches(/\$\([A-Z_]+\)/), 0.1]])],
  ['mason', (it) => it.matches(/<\/%(?:class|doc|init)>/) || points([[it.matches(/<&.+&>/s), 0.11]])],
  ['matlab', matlab],
  ['maxima', (it) => points([[it.matches(/\$\s*$/m), 0.05], [it.has(':='), 0.02]])],
  ['modula2', (it) => points([[it.has('(*') && it.has('*)') && it.has(':=') && it.matches(/\bPROCEDURE\b/), 0.6]])],
  ['mysql', (it) => preference(...quotedNames(it))],
  ['nemerle', (it) => points([[it.has('@if'), 0.1]])],
  [
    'nixos',
    (it) =>
      points([
        [it.matches(/import.+?<[^>]+>/), 0.4],
        [it.matches(/mkDerivation\s+(?:\(|\{|rec)/), 0.4],
        [it.matches(/=\s+mkIf\s+/), 0.4],
        [it.matches(/\{[a-zA-Z,\s]+\}:/), 0.1],
      ]),
  ],
  ['numpy', (it) => it.scoreOf(python) === 1 && /import numpy|from numpy import/.test(it.text.slice(0, 1000))],
  ['objective-c', objectiveC],
  ['objective-j', (it) => it.matches(/^\s*@import\s+[<"]/m)],
  ['openedge', (it) => points([[it.has('END.'), 0.05], [it.has('END PROCEDURE.'), 0.05], [it.has('ELSE DO:'), 0.05]])],
  ['pawn', (it) => points([[it.has('tagof'), 0.01]])],
  ['perl6', perl6],
  ['perl', (it) => it.isRunBy(/perl/) || points([[it.matches(/(?:my|our)\s+[$@%(]/), 0.9]]) / (it.has(':=') ? 2 : 1)],
  ['php', templates.php],
  ['pov', (it) => points([[it.has('#version'), 0.05], [it.has('#declare'), 0.05], [it.has('camera'), 0.05], [it.has('light_source'), 0.1]])],
  ['python2', (it) => it.isRunBy(/pythonw?2(?:\.\d)?/)],
  ['python', python],
  ['rebol', (it) => it.matches(/^\s*REBOL\s*\[/i) || points([[it.matches(/\s*REBOL\s*\[/i), 0.5]])],
  ['registry', (it) => it.text.startsWith('Windows Registry Editor')],
  ['rexx', (it) => it.matches(/\/\*\**\s*rexx/i) || points([[it.text.startsWith('/*'), 0.01]])],
  ['rhtml', templates.rhtml],
  ['restructuredtext', restructuredText],
  ['ruby', (it) => it.isRunBy(/ruby(?:1\.\d)?/)],
  ['splus', (it) => points([[it.matches(/[a-z0-9_\])\s]<-(?!-)/), 0.11]])],
  ['scdoc', (it) => points([[it.has('\\*'), 0.01], [it.has('\\_'), 0.01]])],
  ['scilab', (it) => points([[it.matches(/^\s*\/\//), 0.1], [it.matches(/^\s*\/\*/), 0.1]])],
  [
    'singularity',
    (it) =>
      points([
        [it.matches(/\b(?:osversion|includecmd|mirrorurl)\b/i), 0.5],
        [it.matches(/%(?:pre|post|setup|environment|help|labels|test|runscript|files|startscript)\s*/), 0.49],
      ]),
  ],
  ['smarty', templates.smarty],
  ['debsources', (it) => it.matches(/^\s*deb(?:-src)? /m)],
  ['ssp', (it) => points([[it.matches(/val [\p{L}\p{N}_]+\s*:/u), 0.6], [it.looksLikeXml, 0.2], [it.has('<%') && it.has('%>'), 0.1]])],
  ['stan', (it) => it.matches(/^\s*parameters\s*\{/m)],
  ['supercollider', (it) => points([[it.has('SinOsc') || it.has('thisFunctionDef'), 0.1]])],
  ['swig', (it) => points([[it.matches(/^\s*%[a-z_][a-z0-9_]*/m), 0.91]])],
  ['tal', (it) => it.text.slice(0, 500).includes('|0100')],
  ['tasm', (it) => it.matches(/^PROC/i)],
  ['tcl', (it) => it.isRunBy(/tcl/)],
  ['tea', (it) => points([[true, -0.01], [it.looksLikeXml, 0.4], [it.has('<%') && it.has('%>'), 0.1]])],
  ['teratermmacro', (it) => points([[it.matches(teraTerm), 0.01]])],
  ['tex', (it) => it.matches(/^\\(?:documentclass|input|documentstyle|relax)/)],
  ['text', () => 0.01],
  [
    'tsql',
    (it) => {
      const [backticks, brackets] = quotedNames(it);
      if (it.matches(/\bdeclare\s+@/i)) return true;
      return preference(brackets, backticks) + points([[it.matches(/@[a-zA-Z_]/), 0.1], [it.matches(go), 0.1]]);
    },
  ],
  ['turtle', (it) => points([[it.matches(/^\s*(?:@base|BASE|@prefix|PREFIX) /), 0.8]])],
  ['ucode', (it) => points([[it.has('endsuspend'), 0.1], [it.has('endrepeat'), 0.1], [it.has(':='), 0.01], [it.has('procedure') && it.has('end'), 0.01]])],
  ['urbiscript', (it) => points([[it.has('freezeif'), 0.05], [it.has('waituntil'), 0.05]])],
  ['vb.net', (it) => points([[it.matches(/^\s*(?:#If|Module|Namespace)/m), 0.5]])],
  ['velocity', templates.velocity],
  ['xml+velocity', templates.xmlVelocity],
  ['verilog', (it) => points([[it.has('reg'), 0.1], [it.has('wire'), 0.1], [it.has('assign'), 0.1]])],
  ['wowtoc', (it) => points([[it.matches(/\.lua/i), 0.1], [it.matches(/\.xml/i), 0.05]])],
  ['xml+django', templates.xmlDjango],
  ['xml+ruby', templates.xmlErb],
  ['xml', templates.xml],
  ['xml+php', templates.xmlPhp],
  ['xml+smarty', templates.xmlSmarty],
  ['xslt', (it) => points([[it.looksLikeXml && it.has('<xsl'), 0.8]])],
];
