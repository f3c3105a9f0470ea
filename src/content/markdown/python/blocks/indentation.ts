import { isBlank, stripEndOf } from '../characters.ts';

/** Four columns: what one level of nesting costs. */
export const indent = '    ';

/** Splits a block into the part that is indented, without its indent, and the rest. */
export function splitIndented(block: string): [indented: string, rest: string] {
  const indented: string[] = [];
  // Line by line, because the rest may be long and is split again later.
  let start = 0;
  while (start <= block.length) {
    const feed = block.indexOf('\n', start);
    const end = feed < 0 ? block.length : feed;
    const line = block.slice(start, end);
    if (line.startsWith(indent)) indented.push(line.slice(indent.length));
    else if (isBlank(line)) indented.push('');
    else break;
    start = end + 1;
  }
  return [indented.join('\n'), block.slice(start)];
}

/** Removes so many levels of indent from the lines that have them; other lines stay as they are. */
export function dedent(block: string, levels = 1): string {
  const prefix = indent.repeat(levels);
  return block
    .split('\n')
    .map((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : line))
    .join('\n');
}

/** Removes line feeds from the end. */
export function withoutLinesAfter(text: string): string {
  return stripEndOf(text, '\n');
}

/** Removes line feeds from the start. */
export function withoutLinesBefore(text: string): string {
  return text.replace(/^\n+/, '');
}
