// C0 but tab and newline, DEL, C1, and the marks that turn the direction of a line.
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text of strangers for a terminal: without control characters, so that a title cannot move the cursor or hide a line. */
export function plainText(text: string): string {
  return text.replace(unsafe, '');
}

/** JSON in which no control character stands bare, not even those that JSON itself allows. */
export function plainJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(unsafe, (character) =>
    character === '\n' ? character : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** Text without halves of characters, which no database takes. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
