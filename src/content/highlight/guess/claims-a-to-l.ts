import type { Claim } from './evidence.ts';
import { brainfuck, c, cpp, entry, groff, ini } from './signs.ts';
import { points, templates } from './templates.ts';

/** Who claims a text, up to L in the order of Pygments. */
export const claimsAToL: readonly Claim[] = [
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
  [
    'componentpascal',
    (it) =>
      points([
        [it.has('BEGIN'), 0.01],
        [it.has('END'), 0.02],
        [it.has('PROCEDURE'), 0.01],
      ]),
  ],
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
  [
    'ecl',
    (it) =>
      points([
        [it.has('->'), 0.01],
        [it.has('BEGIN'), 0.01],
        [it.has('END'), 0.01],
      ]),
  ],
  ['erb', templates.erb],
  ['html+evoque', templates.evoque],
  [
    'fsharp',
    (it) =>
      points([
        [it.has('|>'), 0.05],
        [it.has('<|'), 0.05],
      ]),
  ],
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
  [
    'idl',
    (it) =>
      points([
        [it.has('endelse'), 0.2],
        [it.has('endswitch'), 0.01],
      ]),
  ],
  ['ini', ini],
  ['javascript+php', templates.php],
  [
    'jsp',
    (it) =>
      points([
        [true, -0.01],
        [it.looksLikeXml, 0.4],
        [it.has('<%') && it.has('%>'), 0.1],
      ]),
  ],
  ['julia', (it) => it.isRunBy(/julia/)],
  ['css+lasso', templates.cssLasso],
  ['html+lasso', templates.htmlLasso],
  ['javascript+lasso', templates.javascriptLasso],
];
