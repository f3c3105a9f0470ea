import { strip } from '../characters.ts';
import type { Element } from '../element.ts';
import type { BlockParser, BlockQueue } from './parser.ts';

interface Heading {
  readonly start: number;
  readonly end: number;
  readonly level: number;
  readonly text: string;
}

/** Headings marked by `#`, on any line of a block; no space is needed after the marks. */
export function hashHeading(parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  const heading = findHeading(blocks.peek());
  parser.spend(heading === undefined ? blocks.peek().length / 16 : 200 + heading.start / 16);
  if (heading === undefined) return false;
  const block = blocks.take();
  const before = block.slice(0, heading.start);
  if (before !== '') parser.parseBlocks(parent, [before]);
  parent.add(`h${heading.level}`).text = strip(heading.text);
  if (heading.end < block.length) blocks.putBack(block.slice(heading.end));
  return true;
}

function findHeading(block: string): Heading | undefined {
  let start = block.startsWith('#') ? 0 : block.indexOf('\n#');
  while (start >= 0) {
    const marks = block.charAt(start) === '\n' ? start + 1 : start;
    const heading = readHeading(block, start, marks);
    if (heading !== undefined) return heading;
    start = block.indexOf('\n#', marks);
  }
  return undefined;
}

function readHeading(block: string, start: number, marks: number): Heading | undefined {
  let from = marks;
  while (from - marks < 6 && block.charAt(from) === '#') from++;
  const feed = block.indexOf('\n', from);
  const lineEnd = feed < 0 ? block.length : feed;
  // A backslash at the end of the line would escape the line's end: that is no heading.
  if (backslashesBefore(block, from, lineEnd) % 2 === 1) return undefined;
  let to = lineEnd;
  while (to > from && block.charAt(to - 1) === '#') to--;
  if (to < lineEnd && backslashesBefore(block, from, to) % 2 === 1) to++;
  return { start, end: feed < 0 ? lineEnd : feed + 1, level: from - marks, text: block.slice(from, to) };
}

function backslashesBefore(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && text.charAt(at - 1) === '\\') at--;
  return to - at;
}

const underlined = /^[^\n]*\n[=-]+ *(?:\n|$)/;

/** Headings that are underlined by `=` or `-`. */
export function underlinedHeading(_parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  if (!underlined.test(blocks.peek())) return false;
  const block = blocks.take();
  const line = block.indexOf('\n') + 1;
  const feed = block.indexOf('\n', line);
  parent.add(block.charAt(line) === '=' ? 'h1' : 'h2').text = strip(block.slice(0, line - 1));
  if (feed >= 0) blocks.putBack(block.slice(feed + 1));
  return true;
}
