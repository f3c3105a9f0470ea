import type { Message } from '../../core/notify.ts';
import { plainText, wellFormed } from '../../core/plain-text.ts';

/** The longest subject, in characters. */
const mostSubject = 200;

/**
 * A message that is safe to pass on: a name in it may come from a stranger. The subject is one line, so that nothing in
 * it begins a header of its own; neither part has a control character or half a character in it.
 */
export function plainMessage(message: Message): Message {
  return {
    ...message,
    subject: cutCharacters(wellFormed(plainText(message.subject.replace(/[\r\n\t]+/g, ' '))), mostSubject),
    body: wellFormed(plainText(message.body.replace(/\r\n?/g, '\n'))),
  };
}

/** A text of at most so many bytes in UTF-8, cut between characters, with a word on how much is missing. */
export function cutBytes(text: string, mostBytes: number): string {
  return cut(text, mostBytes, (part) => new TextEncoder().encode(part).length);
}

/** The same by UTF-16 units, as JavaScript counts them. */
export function cutUnits(text: string, most: number): string {
  return cut(text, most, (part) => part.length);
}

function cut(text: string, most: number, sizeOf: (part: string) => number): string {
  if (sizeOf(text) <= most) return text;
  return cutLines(text, most, sizeOf) ?? cutAnywhere(text, most, sizeOf);
}

// How many there are beside those that are listed stands at the end, and where it happened: that must stay.
const linesAtEnd = 2;

/** Cut at the end of a line; null where that would throw most of it away. */
function cutLines(text: string, most: number, sizeOf: (part: string) => number): string | null {
  const lines = text.split('\n');
  const end = lines.splice(-linesAtEnd);
  const rest = (count: number): string => ['', `… (+${count} ${count === 1 ? 'line' : 'lines'})`, ...end].join('\n');
  let left = most - sizeOf(rest(lines.length));
  if (left < most / 2) return null;
  let kept = 0;
  for (const line of lines) {
    left -= sizeOf(line) + (kept === 0 ? 0 : 1);
    if (left < 0) break;
    kept++;
  }
  const head = lines.slice(0, kept).join('\n');
  return sizeOf(head) < most / 2 ? null : head + rest(lines.length - kept);
}

function cutAnywhere(text: string, most: number, sizeOf: (part: string) => number): string {
  const characters = Array.from(text);
  // Long enough for the word, whatever the number in it.
  let left = most - sizeOf(missing(characters.length));
  let kept = 0;
  for (const character of characters) {
    left -= sizeOf(character);
    if (left < 0) break;
    kept++;
  }
  return characters.slice(0, kept).join('') + missing(characters.length - kept);
}

function missing(count: number): string {
  return `\n… (+${count})`;
}

/** A text of at most so many characters, with a … where more is missing. */
export function cutCharacters(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
