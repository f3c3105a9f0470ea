// Python's notion of white space, words and escapes, which differs from JavaScript's in the corners that articles reach.

/** Opens a placeholder. Articles cannot hold it: it is removed from them first. */
export const STX = '\u0002';
/** Closes a placeholder. */
export const ETX = '\u0003';
/** Stands for an ampersand that must reach the page as it is. */
export const ampersand = `${STX}amp${ETX}`;

const space = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const leading = new RegExp(`^[${space}]+`);
const isSpaceOnly = new RegExp(`^[${space}]*$`);
const spaceCharacter = new RegExp(`[${space}]`);
const wordCharacter = /[\p{L}\p{N}_]/u;

/** White space in the sense of Python's `\s`, for use inside a character class of a regular expression. */
export const spaceClass = space;

/** Whether the character is white space to Python. */
export function isSpace(character: string): boolean {
  return spaceCharacter.test(character);
}

/** Whether the text is empty or white space only. */
export function isBlank(text: string): boolean {
  return isSpaceOnly.test(text);
}

/** Python's `lstrip()`. */
export function stripStart(text: string): string {
  return text.replace(leading, '');
}

/** Python's `rstrip()`. */
export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && spaceCharacter.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Python's `strip()`. */
export function strip(text: string): string {
  return stripEnd(stripStart(text));
}

/** Python's `strip(characters)`: removes any of the characters from both ends. */
export function stripOf(text: string, characters: string): string {
  return stripStartOf(stripEndOf(text, characters), characters);
}

/** Python's `rstrip(characters)`. */
export function stripEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Python's `lstrip(characters)`. */
export function stripStartOf(text: string, characters: string): string {
  let start = 0;
  while (start < text.length && characters.includes(text.charAt(start))) start++;
  return text.slice(start);
}

/** Whether a word character (Python's `\w`) ends just before the index. */
export function isWordBefore(text: string, index: number): boolean {
  if (index <= 0) return false;
  const low = text.charCodeAt(index - 1);
  const isPair = low >= 0xdc00 && low <= 0xdfff && index > 1;
  return wordCharacter.test(text.slice(isPair ? index - 2 : index - 1, index));
}

/** Whether a word character (Python's `\w`) begins at the index. */
export function isWordAt(text: string, index: number): boolean {
  const code = text.codePointAt(index);
  return code !== undefined && wordCharacter.test(String.fromCodePoint(code));
}

/** Escapes what HTML would read as markup in the text of a code element. */
export function escapeCode(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The reverse of {@link escapeCode}. */
export function unescapeCode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
