import type { LanguageFn } from 'highlight.js';
import csharp from 'highlight.js/lib/languages/csharp';
import groovy from 'highlight.js/lib/languages/groovy';
import kotlin from 'highlight.js/lib/languages/kotlin';
import lua from 'highlight.js/lib/languages/lua';
import perl from 'highlight.js/lib/languages/perl';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';

/** The grammars of highlight.js that are used, by its own names. They are functions: one costs little until it is run. */
export const grammars: Readonly<Record<string, LanguageFn>> = {
  csharp,
  groovy,
  kotlin,
  lua,
  perl,
  ruby,
  rust,
};
