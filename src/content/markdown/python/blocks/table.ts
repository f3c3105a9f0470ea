import { stripOf } from '../characters.ts';
import type { Element } from '../element.ts';
import type { BlockParser, BlockQueue } from './parser.ts';
import { hasEndBorder, splitRow } from './table-row.ts';

/** Tables: a row of headings, a row of dashes, and rows of cells, whose edges may have pipes or not. */
export function table(parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  const block = blocks.peek();
  const feed = block.indexOf('\n');
  if (feed < 0) return false;
  const header = stripOf(block.slice(0, feed), ' ');
  if (!header.includes('|')) return false;
  const hasBorder = header.startsWith('|') || hasEndBorder(header);
  const headings = splitRow(header, hasBorder);
  parser.spend(block.length / 4);
  const lines = block.split('\n').map((line) => stripOf(line, ' '));
  if (
    headings.length === 1 &&
    !(hasBorder && lines.slice(1).every((row) => row.startsWith('|') || hasEndBorder(row)))
  ) {
    return false;
  }
  const separator = splitRow(lines[1] ?? '', hasBorder);
  if (separator.length !== headings.length || !/^[|:\- ]*$/.test(separator.join(''))) return false;
  blocks.take();
  parser.spend(100 * headings.length * lines.length);
  build(
    parent,
    headings,
    separator.map(alignmentOf),
    lines.slice(2).map((row) => splitRow(row, hasBorder)),
  );
  return true;
}

type Cells = readonly string[];

function build(parent: Element, headings: Cells, alignment: Cells, rows: readonly Cells[]): void {
  const whole = parent.add('table');
  buildRow(whole.add('thead'), 'th', headings, alignment);
  const body = whole.add('tbody');
  if (rows.length === 0)
    buildRow(
      body,
      'td',
      [],
      alignment.map(() => ''),
    );
  for (const row of rows) buildRow(body, 'td', row, alignment);
}

function buildRow(section: Element, tag: string, cells: Cells, alignment: Cells): void {
  const row = section.add('tr');
  for (const [index, align] of alignment.entries()) {
    const cell = row.add(tag);
    cell.text = stripOf(cells[index] ?? '', ' ');
    if (align !== '') cell.attributes.set('style', `text-align: ${align};`);
  }
}

function alignmentOf(cell: string): string {
  const dashes = stripOf(cell, ' ');
  if (dashes.startsWith(':')) return dashes.endsWith(':') ? 'center' : 'left';
  return dashes.endsWith(':') ? 'right' : '';
}
