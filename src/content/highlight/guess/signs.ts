import type { Analyser, Evidence } from './evidence.ts';
import { points } from './templates.ts';
import { teraTermCommands } from './tera-term.ts';

const word = '[\\p{L}\\p{N}_]';
/** A key, a colon and a value at the very start. */
export const entry = new RegExp(`^${word}+\\s*:\\s*${word}`, 'u');
/** A command of Tera Term anywhere. */
export const teraTerm = new RegExp(`(?<!${word})(?:${teraTermCommands.join('|')})(?!${word})`, 'iu');
/** The word that ends a batch of Transact-SQL. */
export const go = new RegExp(`(?<!${word})go(?!${word})`, 'iu');

function count(it: Evidence, pattern: RegExp): number {
  return it.text.match(pattern)?.length ?? 0;
}

/** SQL dialects are told apart by what they put around names: MySQL backticks, Transact-SQL square brackets. */
export function quotedNames(it: Evidence): [backticks: number, brackets: number] {
  return [count(it, /`[a-zA-Z_][\p{L}\p{N}_]*`/gu), count(it, /\[[a-zA-Z_][\p{L}\p{N}_]*\]/gu)];
}

/** How sure a dialect of SQL is, by how often names are quoted in its way and in the other one. */
export function preference(own: number, other: number): number {
  if (own + other >= 1 && own >= 2 * other) return 0.5;
  if (own > other) return 0.2;
  return own > 0 ? 0.1 : 0;
}

/** A quarter of the text, or of 256 characters, are plus, minus or angle signs. */
export function brainfuck(it: Evidence): number {
  const signs = 0.25 * Math.max(256, it.text.length);
  if (count(it, /[+-]/g) > signs || count(it, /[<>]/g) > signs) return 1;
  return it.has('[-]') ? 0.5 : 0;
}

/** A function first, or lines that begin with a comment or a shell command. */
export function matlab(it: Evidence): number {
  const first = /^\s*%/.test(it.text) ? '' : (it.text.split('\n', 1)[0] ?? '').trim();
  if (first.startsWith('function') && !first.includes('{')) return 1;
  return it.matches(/^\s*%/m) || it.matches(/^![\p{L}\p{N}_]+/mu) ? 0.2 : 0;
}

/** The first line is a section. */
export function ini(it: Evidence): boolean {
  const feed = it.text.indexOf('\n');
  return feed >= 3 && it.text.startsWith('[') && it.text.charAt(feed - 1) === ']';
}

/** A directive, or a title with a line of its own length below. */
export function restructuredText(it: Evidence): number {
  const { text } = it;
  if (text.startsWith('..') && text.charAt(2) !== '.') return 0.3;
  const first = text.indexOf('\n');
  const second = text.indexOf('\n', first + 1);
  const sign = text.charAt(first + 1);
  const isLine = second > -1 && first * 2 + 1 === second && '-='.includes(sign) && sign === text.charAt(second - 1);
  return isLine ? 0.5 : 0;
}

/** A request of manual pages first. */
export function groff(it: Evidence): number | boolean {
  if (!it.text.startsWith('.')) return false;
  if (it.text.startsWith('.\\"') || it.text.startsWith('.TH ')) return true;
  return points([[it.matches(/^.[\p{L}\p{N}]{2}\s/u), 0.9]]);
}

/** What only Objective-C begins with an at sign, and its messages. */
export function objectiveC(it: Evidence): number {
  if (it.matches(/@(?:end|implementation|protocol)/)) return 1;
  if (it.has('@"')) return 0.8;
  if (it.matches(/@[0-9]+/)) return 0.7;
  return it.matches(/\[\s*[a-zA-Z_][\p{L}\p{N}_]*\s+(?:[a-zA-Z_][\p{L}\p{N}_]*\s*\]|(?:[a-zA-Z_][\p{L}\p{N}_]*)?:)/u)
    ? 0.8
    : 0;
}

/** Directives of the C preprocessor. */
export const c: Analyser = (it) => points([[it.matches(/^\s*#include [<"]|^\s*#ifn?def /m), 0.1]]);
/** Headers without an extension, and namespaces. */
export const cpp: Analyser = (it) =>
  it.matches(/#include <[a-z_]+>/) ? 0.2 : points([[it.has('using namespace '), 0.4]]);
/** An import, or a first line that names Python. */
export const python: Analyser = (it) =>
  it.isRunBy(/pythonw?(?:3(?:\.\d)?)?/) || it.text.slice(0, 1000).includes('import ');
