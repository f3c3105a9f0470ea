/**
 * Walks a table by key: `next` fetches the rows after a key, in key order; the walk ends with the first page that is
 * not full. It goes by key and never "until nothing is left", since that would spin where nothing is removed.
 */
export async function* walkByKey<Row, Key>(
  size: number,
  keyOf: (row: Row) => Key,
  next: (after: Key | null, size: number) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let after: Key | null = null;
  for (;;) {
    const rows = await next(after, size);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    if (rows.length < size) return;
    after = keyOf(last);
  }
}

/** A list in pieces of at most `size`. */
export function* inPieces<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
