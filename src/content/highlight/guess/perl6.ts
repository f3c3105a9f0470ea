import type { Analyser } from './evidence.ts';

const declaration = /(?:my|our|has)\s+(?:['\p{L}\p{N}_:-]+\s+)?[$@%&(]/u;
const classLine = /^\s*(?:(my|our)\s+)?(?:module|class|role|enum|grammar)/;

/** Perl 6 asks for a declaration, or for a class as the first line of code; its documentation does not count. */
export const perl6: Analyser = (it) => {
  const lines = withoutDocumentation(it.text.split('\n'));
  const text = lines.join('\n');
  if (it.isRunBy(/perl6|rakudo|niecza|pugs/)) return true;
  const isDeclared = declaration.test(text);
  let rating = isDeclared ? 0.8 : 0;
  for (const line of lines) {
    const code = line.replace(/#.*/, '');
    if (/^\s*$/.test(code)) continue;
    if (/^\s*(?:use\s+)?v6(?:\.\d(?:\.\d)?)?;/.test(code)) return true;
    const found = classLine.exec(code);
    if (found === null) break;
    if (isDeclared || found[1] !== undefined) return true;
    rating = 0.05;
  }
  return text.includes(':=') ? rating / 2 : rating;
};

function withoutDocumentation(lines: readonly string[]): string[] {
  let isInside = false;
  return lines.filter((line) => {
    if (/^=(?:end|cut)/.test(line)) {
      isInside = false;
      return false;
    }
    if (/^=[\p{L}\p{N}_]+/u.test(line)) isInside = true;
    return !isInside;
  });
}
