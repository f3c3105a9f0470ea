const tabWidth = 4;

/** Makes line ends, tabs and blank lines uniform, and removes what placeholders are made of. */
export function normalizeWhiteSpace(source: string): string {
  const lines = source
    .replace(/[\u0002\u0003]/g, '')
    .replace(/\r\n?/g, '\n')
    .concat('\n\n');
  return expandTabs(lines).replace(/\n +(?=\n)/g, '\n');
}

function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  return text
    .split('\n')
    .map((line) => (line.includes('\t') ? expandLine(line) : line))
    .join('\n');
}

function expandLine(line: string): string {
  const [first = '', ...rest] = line.split('\t');
  const parts = [first];
  let column = widthOf(first);
  for (const part of rest) {
    const width = tabWidth - (column % tabWidth);
    parts.push(' '.repeat(width), part);
    column += width + widthOf(part);
  }
  return parts.join('');
}

/** Characters as Python counts them: one for each code point. */
function widthOf(text: string): number {
  let width = 0;
  for (const _ of text) width++;
  return width;
}
