import { claimsAToL } from './claims-a-to-l.ts';
import { claimsLToZ } from './claims-l-to-z.ts';
import { Evidence } from './evidence.ts';

/**
 * All languages that an article may be taken for, in the order in which Pygments asks: by name of its lexer. Where several
 * are equally sure, the first one has it.
 */
const claims = [...claimsAToL, ...claimsLToZ];

/** Longer texts are not looked at: they are data, and looking for languages in them would take long. */
const longestGuessed = 100_000;

/** Many signs look across blanks; so much of them says no more than a little less. */
const longestBlank = 200;
const longBlank = /\s{200,}/g;

/**
 * The language that code is taken for when it names none that is known. The blog's highlighter guesses too, from
 * weak signs, so that notes become Tera Term macros and lists of sources Debian's; the page has to say the same.
 */
export function guessLanguage(code: string): string {
  if (code.length > longestGuessed) return 'text';
  const evidence = new Evidence(code.replace(longBlank, (blank) => blank.slice(0, longestBlank)));
  let best = 'text';
  let highest = 0;
  for (const [alias, analyser] of claims) {
    const score = evidence.scoreOf(analyser);
    if (score === 1) return alias;
    if (score > highest) [best, highest] = [alias, score];
  }
  return best;
}
