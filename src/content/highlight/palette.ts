import type { ColourClass, Lexicon } from './lexicon.ts';

/**
 * How one language's code gets the classes that Pygments would give it. For most languages a lexicon does it alone, in the
 * way of Pygments' own lexers; for a few highlight.js tells strings, comments and keywords apart, and the lexicon reads what
 * it leaves open.
 */
export interface Palette {
  /** The name of the highlight.js grammar; none where the lexicon does better alone. */
  readonly grammar?: string;
  /** Classes for the names of highlight.js, over {@link commonClasses}; `read` means that the lexicon decides. */
  readonly scopes?: Readonly<Record<string, ColourClass>>;
  /** Reads what is not marked. */
  readonly lexicon: Lexicon;
  /** The language of what the lexicon leaves to another one, marked `x`: of the page around a template's tags. */
  readonly around?: string;
  /** Reads marked pieces that have more than one colour, such as strings with escapes. */
  readonly inside?: Readonly<Record<string, Lexicon>>;
}

/** What the names of highlight.js are to Pygments in most languages. */
export const commonClasses: Readonly<Record<string, ColourClass>> = {
  addition: 'gi',
  attr: 'na',
  attribute: 'na',
  built_in: 'nb',
  'char.escape': 'se',
  comment: 'c1',
  deletion: 'gd',
  doctag: 'c1',
  keyword: 'k',
  literal: 'kc',
  meta: 'cp',
  'meta.string': 's',
  name: 'nt',
  number: 'mi',
  operator: 'o',
  params: 'read',
  property: 'read',
  punctuation: 'p',
  regexp: 'sr',
  'selector-class': 'nc',
  'selector-id': 'nn',
  'selector-tag': 'nt',
  string: 's',
  subst: 'read',
  symbol: 'ss',
  tag: 'nt',
  title: 'nf',
  'title.class': 'nc',
  'title.function': 'nf',
  type: 'kt',
  variable: 'nv',
  'variable.language': 'bp',
};
