/** What /bin/sh takes as it stands, wherever in a command it is; `=` only behind a dash, since `A=b` first in a line is an assignment. */
const PLAIN = /^(?:-[A-Za-z0-9_./:,@+=-]*|[A-Za-z0-9_./:,@+][A-Za-z0-9_./:,@+-]*)$/;
const RESERVED = new Set('case do done elif else esac fi for if in then until while'.split(' '));

/**
 * A word as /bin/sh has to be given it: untouched where that is safe, else in single quotes.
 *
 * A single quote inside becomes `'"'"'` rather than the usual `'\''`, because a backslash means something to cron as well.
 */
export function shellQuote(word: string): string {
  if (PLAIN.test(word) && !RESERVED.has(word)) return word;
  return `'${word.replaceAll("'", `'"'"'`)}'`;
}
