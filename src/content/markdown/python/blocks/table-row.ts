const marks = /\\\\|(\\`+)|(`+)|\\\||(\|)/g;

/** Whether a row ends with a pipe that is not escaped. */
export function hasEndBorder(row: string): boolean {
  return /(?<!\\)(?:\\\\)*\|$/.test(row);
}

/** Splits a row at its pipes, except those that are escaped or in code. */
export function splitRow(row: string, hasBorder: boolean): string[] {
  const inner = hasBorder ? withoutBorder(row) : row;
  const cells: string[] = [];
  let start = 0;
  for (const pipe of pipesOf(inner)) {
    cells.push(inner.slice(start, pipe));
    start = pipe + 1;
  }
  cells.push(inner.slice(start));
  return cells;
}

function withoutBorder(row: string): string {
  const inner = row.startsWith('|') ? row.slice(1) : row;
  // What the pattern of the end border matches goes, pairs of backslashes included.
  return inner.replace(/(?<!\\)(?:\\\\)*\|$/, '');
}

interface Ticks {
  readonly start: number;
  readonly last: number;
  readonly size: number;
  readonly isEscaped: boolean;
}

function pipesOf(row: string): number[] {
  if (!row.includes('|')) return [];
  const pipes: number[] = [];
  const ticks: Ticks[] = [];
  for (const { 0: all, 1: escaped, 2: plain, 3: pipe, index } of row.matchAll(marks)) {
    const last = index + all.length - 1;
    if (escaped !== undefined) ticks.push({ start: index, last, size: all.length - 1, isEscaped: true });
    else if (plain !== undefined) ticks.push({ start: index, last, size: all.length, isEscaped: false });
    else if (pipe !== undefined) pipes.push(index);
  }
  return outside(pipes, codeRegions(ticks));
}

/** The pipes that lie in none of the regions; both are in the order of the row. */
function outside(pipes: readonly number[], regions: readonly [start: number, end: number][]): number[] {
  let region = 0;
  return pipes.filter((pipe) => {
    while (region < regions.length && (regions[region]?.[1] ?? 0) < pipe) region++;
    return pipe < (regions[region]?.[0] ?? Infinity);
  });
}

function codeRegions(ticks: readonly Ticks[]): [start: number, end: number][] {
  const regions: [number, number][] = [];
  const bySize = new Map<number, number[]>();
  for (const [index, { size }] of ticks.entries()) {
    const indexes = bySize.get(size);
    if (indexes === undefined) bySize.set(size, [index]);
    else indexes.push(index);
  }
  for (let at = 0; at < ticks.length; at++) {
    const open = ticks[at];
    if (open === undefined) break;
    const size = open.isEscaped ? open.size - 1 : open.size;
    const closing = size === 0 ? -1 : nextOf(bySize.get(size) ?? [], at);
    const close = ticks[closing];
    if (close === undefined) continue;
    regions.push([open.start, close.last]);
    at = closing;
  }
  return regions;
}

/** The first of these indexes beyond the given one; earlier ones are dropped, they are not asked for again. */
function nextOf(indexes: number[], at: number): number {
  while ((indexes[0] ?? Infinity) <= at) indexes.shift();
  return indexes[0] ?? -1;
}
