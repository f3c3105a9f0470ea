/** A tag of XML. */
export interface Tag {
  /** As it stands in the text. */
  readonly raw: string;
  /** In lower case, with its prefix. */
  readonly name: string;
  readonly prefix: string;
  /** The name without its prefix. */
  readonly local: string;
  readonly isEnd: boolean;
  /** `<link/>`: begins and ends at once. */
  readonly isAlone: boolean;
  /** Behind it. */
  readonly end: number;
}

/** A document has more of something than one may; the message says of what, to follow "the feed". */
export class TooMuchError extends Error {}

const longestTag = 100_000;
const mostAttributes = 200;
const nameForm = /<(\/?)([a-z_\u0080-\uffff][^\s/>"'=<]{0,200})/iy;

/**
 * The tag that begins at a `<`; null where none does, or where it is not ended.
 * @throws TooMuchError where it has more attributes than any feed's
 */
export function tagAt(text: string, at: number): Tag | null {
  nameForm.lastIndex = at;
  const begin = nameForm.exec(text);
  if (begin === null) return null;
  const end = endOf(text, at + begin[0].length);
  if (end === null) return null;
  const raw = text.slice(at, end);
  const name = (begin[2] ?? '').toLowerCase();
  const colon = name.lastIndexOf(':');
  return {
    raw,
    name,
    prefix: name.slice(0, Math.max(0, colon)),
    local: name.slice(colon + 1),
    isEnd: begin[1] === '/',
    isAlone: raw.endsWith('/>'),
    end,
  };
}

// Behind the > that is in no quotes; null where there is none nearby, or another tag begins first.
function endOf(text: string, from: number): number | null {
  let quote = '';
  let attributes = 0;
  for (let at = from; at < text.length && at < from + longestTag; at++) {
    const one = text[at] as string;
    if (quote !== '') {
      if (one === quote) quote = '';
    } else if (one === '"' || one === "'") quote = one;
    else if (one === '=') attributes++;
    else if (one === '<') return null;
    else if (one === '>') {
      if (attributes > mostAttributes) throw new TooMuchError(`has a tag with more than ${mostAttributes} attributes`);
      return at + 1;
    }
  }
  if (attributes > mostAttributes) throw new TooMuchError(`has a tag with more than ${mostAttributes} attributes`);
  return null;
}
