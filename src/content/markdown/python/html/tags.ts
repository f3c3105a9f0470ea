// The shapes of tags and declarations, as Python's HTML parser (with Python-Markdown's changes) knows them.

/** The name of a start tag and the white space behind it. */
export const tagNamePattern = /^<([a-zA-Z][^\t\n\r\f />\x00]*)(?:\s|\/(?!>))*/;
const attributePattern = /((?<=['"\s/])[^\s/>][^\s/=>]*)(\s*=+\s*('[^']*'|"[^"]*"|(?!['"])[^>\s]*))?(?:\s|\/(?!>))*/y;

const value = /'[^']*'|"[^"]*"|(?!['"])[^`>\s]*/.source;
const attribute = `(?<=['"\\s/])[^\`\\s/>][^\\s/=>]*(?:\\s*=+\\s*(?:${value})(?:\\s*,)*)?(?:\\s|/(?!>))*`;
/** A start tag without its end. It matches whatever begins with `<` and a letter, in one pass. */
const startTag = new RegExp(`<[a-zA-Z][^\`\\t\\n\\r\\f />\\x00]*(?:[\\s/]*(?:${attribute})*)?\\s*`, 'y');

/** Where the start tag at this place ends, or -1 where it is none; and how far the text was read to know it. */
export function startTagEnd(source: string, start: number): [end: number, scanned: number] {
  startTag.lastIndex = start;
  const end = start + (startTag.exec(source)?.[0].length ?? 0);
  const next = source.charAt(end);
  if (next === '>') return [end + 1, end];
  if (next === '/') return [source.startsWith('/>', end) ? end + 2 : -1, end];
  if (next === '' || /[a-zA-Z=]/.test(next)) return [-1, end];
  return [end, end];
}

interface Declaration {
  readonly text: string;
  readonly end: number;
  readonly isBlock: boolean;
}

/** What begins here: it is named by what ends it. */
export function declarationKind(source: string, start: number): '-->' | '?>' | ']]>' | '>' {
  if (source.startsWith('<!--', start)) return '-->';
  if (source.startsWith('<?', start)) return '?>';
  return source.startsWith('<![CDATA[', start) ? ']]>' : '>';
}

/** Reads a comment, a declaration, an instruction or a marked section; nothing where it has no end. */
export function declarationEnd(
  source: string,
  start: number,
  kind: ReturnType<typeof declarationKind>,
): Declaration | undefined {
  if (kind === '-->') return commentAt(source, start);
  if (kind === '?>') return upTo(source, start, '?>', start + 2, true);
  if (kind === ']]>') return sectionAt(source, start);
  const isDocumentType = source.slice(start, start + 9).toLowerCase() === '<!doctype';
  return upTo(source, start, '>', start + (isDocumentType ? 9 : 2), isDocumentType);
}

function commentAt(source: string, start: number): Declaration | undefined {
  const close = /--\s*>/g;
  close.lastIndex = start + 4;
  const found = close.exec(source);
  if (found === null) return undefined;
  return { text: `${source.slice(start, found.index)}-->`, end: found.index + found[0].length, isBlock: true };
}

function sectionAt(source: string, start: number): Declaration | undefined {
  const close = /\]\s*\]\s*>/g;
  close.lastIndex = start + 3;
  const found = close.exec(source);
  if (found === null) return undefined;
  return { text: `${source.slice(start, found.index)}]]>`, end: found.index + found[0].length, isBlock: true };
}

function upTo(source: string, start: number, close: string, from: number, isBlock: boolean): Declaration | undefined {
  const at = source.indexOf(close, from);
  if (at < 0) return undefined;
  return { text: source.slice(start, at + close.length), end: at + close.length, isBlock };
}

/** Attributes as written; null where there is no value. */
export type Attributes = readonly (readonly [name: string, value: string | null])[];

/** Reads the attributes of a start tag; answers also where they end. */
export function readAttributes(text: string): [Attributes, number] {
  const attributes: [string, string | null][] = [];
  let at = tagNamePattern.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    attributePattern.lastIndex = at;
    const found = attributePattern.exec(text);
    if (found === null || found[0] === '') break;
    const value = found[2] === undefined ? null : (found[3] ?? '');
    attributes.push([(found[1] ?? '').toLowerCase(), value === null ? null : withoutQuotes(value)]);
    at += found[0].length;
  }
  return [attributes, at];
}

function withoutQuotes(value: string): string {
  return /^(?:'[^]*'|"[^]*")$/.test(value) && value.length > 1 ? value.slice(1, -1) : value;
}
