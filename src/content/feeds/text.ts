import { wellFormed } from '../../core/plain-text.ts';

// C0 and C1, the marks that turn the direction of a line, the byte order mark.
const unseen = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]+/g;

/** Text in one line: controls and runs of blanks are one blank, halves of characters are U+FFFD. */
export function oneLine(text: string): string {
  return wellFormed(text).replace(unseen, ' ').replace(/\s+/g, ' ').trim();
}

/**
 * HTML whose tags are balanced, cut to so many characters (code points, tags not counted, an entity is one) and with its
 * blanks joined; what was open where it was cut is closed.
 */
export function shortened(html: string, most: number): string {
  const pieces = oneLine(html).match(/<\/?[a-z]+>|&(?:#?[a-z0-9]{1,31});|[^]/giu) ?? [];
  const open: string[] = [];
  let out = '';
  let length = 0;
  for (const piece of pieces) {
    const isTag = /^<\/?[a-z]/.test(piece);
    if (!isTag && length === most) {
      out = `${out.trimEnd()}…`;
      break;
    }
    out += piece;
    if (!isTag) length++;
    else if (piece[1] === '/') open.pop();
    else open.push(piece.slice(1, -1));
  }
  return isEmpty(out)
    ? ''
    : out +
        open
          .reverse()
          .map((tag) => `</${tag}>`)
          .join('');
}

function isEmpty(html: string): boolean {
  return html.replace(/<\/?[a-z]+>|&nbsp;|[\s…\u200b-\u200d]/g, '') === '';
}
