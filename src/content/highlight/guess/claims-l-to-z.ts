import type { Claim } from './evidence.ts';
import { perl6 } from './perl6.ts';
import { go, matlab, objectiveC, preference, python, quotedNames, restructuredText, teraTerm } from './signs.ts';
import { points, templates } from './templates.ts';

/** Who claims a text, from L on in the order of Pygments. */
export const claimsLToZ: readonly Claim[] = [
  ['lasso', templates.lasso],
  ['xml+lasso', templates.xmlLasso],
  ['limbo', (it) => points([[it.matches(/^implement [\p{L}\p{N}_]+;/mu), 0.7]])],
  ['logos', (it) => it.matches(/%(?:hook|ctor|init|c\()/)],
  ['make', (it) => points([[it.matches(/\$\([A-Z_]+\)/), 0.1]])],
  ['mason', (it) => it.matches(/<\/%(?:class|doc|init)>/) || points([[it.matches(/<&.+&>/s), 0.11]])],
  ['matlab', matlab],
  [
    'maxima',
    (it) =>
      points([
        [it.matches(/\$\s*$/m), 0.05],
        [it.has(':='), 0.02],
      ]),
  ],
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
  [
    'openedge',
    (it) =>
      points([
        [it.has('END.'), 0.05],
        [it.has('END PROCEDURE.'), 0.05],
        [it.has('ELSE DO:'), 0.05],
      ]),
  ],
  ['pawn', (it) => points([[it.has('tagof'), 0.01]])],
  ['perl6', perl6],
  ['perl', (it) => it.isRunBy(/perl/) || points([[it.matches(/(?:my|our)\s+[$@%(]/), 0.9]]) / (it.has(':=') ? 2 : 1)],
  ['php', templates.php],
  [
    'pov',
    (it) =>
      points([
        [it.has('#version'), 0.05],
        [it.has('#declare'), 0.05],
        [it.has('camera'), 0.05],
        [it.has('light_source'), 0.1],
      ]),
  ],
  ['python2', (it) => it.isRunBy(/pythonw?2(?:\.\d)?/)],
  ['python', python],
  ['rebol', (it) => it.matches(/^\s*REBOL\s*\[/i) || points([[it.matches(/\s*REBOL\s*\[/i), 0.5]])],
  ['registry', (it) => it.text.startsWith('Windows Registry Editor')],
  ['rexx', (it) => it.matches(/\/\*\**\s*rexx/i) || points([[it.text.startsWith('/*'), 0.01]])],
  ['rhtml', templates.rhtml],
  ['restructuredtext', restructuredText],
  ['ruby', (it) => it.isRunBy(/ruby(?:1\.\d)?/)],
  ['splus', (it) => points([[it.matches(/[a-z0-9_\])\s]<-(?!-)/), 0.11]])],
  [
    'scdoc',
    (it) =>
      points([
        [it.has('\\*'), 0.01],
        [it.has('\\_'), 0.01],
      ]),
  ],
  [
    'scilab',
    (it) =>
      points([
        [it.matches(/^\s*\/\//), 0.1],
        [it.matches(/^\s*\/\*/), 0.1],
      ]),
  ],
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
  [
    'ssp',
    (it) =>
      points([
        [it.matches(/val [\p{L}\p{N}_]+\s*:/u), 0.6],
        [it.looksLikeXml, 0.2],
        [it.has('<%') && it.has('%>'), 0.1],
      ]),
  ],
  ['stan', (it) => it.matches(/^\s*parameters\s*\{/m)],
  ['supercollider', (it) => points([[it.has('SinOsc') || it.has('thisFunctionDef'), 0.1]])],
  ['swig', (it) => points([[it.matches(/^\s*%[a-z_][a-z0-9_]*/m), 0.91]])],
  ['tal', (it) => it.text.slice(0, 500).includes('|0100')],
  ['tasm', (it) => it.matches(/^PROC/i)],
  ['tcl', (it) => it.isRunBy(/tcl/)],
  [
    'tea',
    (it) =>
      points([
        [true, -0.01],
        [it.looksLikeXml, 0.4],
        [it.has('<%') && it.has('%>'), 0.1],
      ]),
  ],
  ['teratermmacro', (it) => points([[it.matches(teraTerm), 0.01]])],
  ['tex', (it) => it.matches(/^\\(?:documentclass|input|documentstyle|relax)/)],
  ['text', () => 0.01],
  [
    'tsql',
    (it) => {
      const [backticks, brackets] = quotedNames(it);
      if (it.matches(/\bdeclare\s+@/i)) return true;
      return (
        preference(brackets, backticks) +
        points([
          [it.matches(/@[a-zA-Z_]/), 0.1],
          [it.matches(go), 0.1],
        ])
      );
    },
  ],
  ['turtle', (it) => points([[it.matches(/^\s*(?:@base|BASE|@prefix|PREFIX) /), 0.8]])],
  [
    'ucode',
    (it) =>
      points([
        [it.has('endsuspend'), 0.1],
        [it.has('endrepeat'), 0.1],
        [it.has(':='), 0.01],
        [it.has('procedure') && it.has('end'), 0.01],
      ]),
  ],
  [
    'urbiscript',
    (it) =>
      points([
        [it.has('freezeif'), 0.05],
        [it.has('waituntil'), 0.05],
      ]),
  ],
  ['vb.net', (it) => points([[it.matches(/^\s*(?:#If|Module|Namespace)/m), 0.5]])],
  ['velocity', templates.velocity],
  ['xml+velocity', templates.xmlVelocity],
  [
    'verilog',
    (it) =>
      points([
        [it.has('reg'), 0.1],
        [it.has('wire'), 0.1],
        [it.has('assign'), 0.1],
      ]),
  ],
  [
    'wowtoc',
    (it) =>
      points([
        [it.matches(/\.lua/i), 0.1],
        [it.matches(/\.xml/i), 0.05],
      ]),
  ],
  ['xml+django', templates.xmlDjango],
  ['xml+ruby', templates.xmlErb],
  ['xml', templates.xml],
  ['xml+php', templates.xmlPhp],
  ['xml+smarty', templates.xmlSmarty],
  ['xslt', (it) => points([[it.looksLikeXml && it.has('<xsl'), 0.8]])],
];
