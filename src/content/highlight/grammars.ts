import type { LanguageFn } from 'highlight.js';
import csharp from 'highlight.js/lib/languages/csharp';
import groovy from 'highlight.js/lib/languages/groovy';
import kotlin from 'highlight.js/lib/languages/kotlin';
import perl from 'highlight.js/lib/languages/perl';
import ruby from 'highlight.js/lib/languages/ruby';

/** The grammars of highlight.js that are used, by its own names. They are functions: one costs little until it is run. */
export const grammars: Readonly<Record<string, LanguageFn>> = {
  csharp,
  groovy,
  kotlin,
  perl,
  ruby,
};
