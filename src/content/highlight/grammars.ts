import type { LanguageFn } from 'highlight.js';
import csharp from 'highlight.js/lib/languages/csharp';
import go from 'highlight.js/lib/languages/go';
import groovy from 'highlight.js/lib/languages/groovy';
import kotlin from 'highlight.js/lib/languages/kotlin';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import perl from 'highlight.js/lib/languages/perl';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';

/** The grammars of highlight.js that are used, by its own names. They are functions: one costs little until it is run. */
export const grammars: Readonly<Record<string, LanguageFn>> = {
  csharp,
  go,
  groovy,
  kotlin,
  lua,
  makefile,
  perl,
  ruby,
  rust,
  sql,
};
