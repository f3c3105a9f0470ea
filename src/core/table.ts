import stringWidth from 'string-width';
import { plainText } from './plain-text.ts';

/** A column of a table: its heading, and how it is set. */
export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right';
  /** May be cut with an ellipsis where the terminal is too narrow. */
  readonly canShrink?: boolean;
}

const gap = '  ';
const narrowest = 8;

/**
 * A table for a terminal or a pipe. Widths are counted in columns of the terminal: a Chinese character takes two.
 * Where `columns` is given the table is made to fit it by cutting the columns that may shrink.
 */
export function formatTable(
  layout: readonly Column[],
  rows: readonly (readonly string[])[],
  columns: number | null,
): string[] {
  const cells = [layout.map((column) => column.heading), ...rows.map((row) => row.map(oneLine))];
  const widths = layout.map((_, index) => Math.max(...cells.map((row) => stringWidth(row[index] ?? ''))));
  if (columns !== null) shrink(layout, widths, columns);
  return cells.map((row) =>
    layout
      .map((column, index) => setCell(row[index] ?? '', widths[index] ?? 0, column.align ?? 'left'))
      .join(gap)
      .trimEnd(),
  );
}

/** Cuts text to so many columns of the terminal, with an ellipsis where something is lost; never within a character. */
export function cutToWidth(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cut = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += stringWidth(segment);
    if (used > width - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}

function shrink(layout: readonly Column[], widths: number[], columns: number): void {
  const shrinkable = layout.flatMap((column, index) => (column.canShrink === true ? [index] : []));
  let excess = widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1) - columns;
  for (const index of shrinkable.reverse()) {
    const spare = Math.max(0, Math.min(excess, (widths[index] ?? 0) - narrowest));
    widths[index] = (widths[index] ?? 0) - spare;
    excess -= spare;
  }
}

function setCell(text: string, width: number, align: 'left' | 'right'): string {
  const cut = cutToWidth(text, width);
  const padding = ' '.repeat(Math.max(0, width - stringWidth(cut)));
  return align === 'right' ? padding + cut : cut + padding;
}

function oneLine(text: string): string {
  return plainText(text).replace(/[\n\t]+/g, ' ');
}
