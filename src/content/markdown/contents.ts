/** An entry of a table of contents with the entries below it. */
export interface ContentsNode<Entry> {
  readonly entry: Entry;
  readonly children: ContentsNode<Entry>[];
}

/**
 * Nests headings by their levels, as Python-Markdown does: levels may be skipped, and a heading that is higher than all
 * before it begins anew at the top.
 */
export function nestContents<Entry extends { readonly level: number }>(
  entries: readonly Entry[],
): ContentsNode<Entry>[] {
  const top: ContentsNode<Entry>[] = [];
  const parents: ContentsNode<Entry>[] = [];
  const levels: number[] = [];
  let last: ContentsNode<Entry> | undefined;
  for (const entry of entries) {
    const node: ContentsNode<Entry> = { entry, children: [] };
    const level = entry.level;
    if (levels.length > 0 && level < (levels.at(-1) ?? 0)) {
      levels.pop();
      while (parents.length > 0 && level <= (parents.at(-1)?.entry.level ?? 0)) {
        parents.pop();
        levels.pop();
      }
      levels.push(level);
    }
    if (last === undefined || level === levels.at(-1)) {
      (parents.at(-1)?.children ?? top).push(node);
      if (last === undefined) levels.push(level);
    } else {
      last.children.push(node);
      parents.push(last);
      levels.push(level);
    }
    last = node;
  }
  return top;
}
