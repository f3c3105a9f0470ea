/** The id of a heading: its letters, of any script, in lower case, with hyphens for all between them. */
export function slugOf(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\s\u001c-\u001f\u0085-]/gu, '');
  return words.replace(/[-\s\u001c-\u001f\u0085]+/g, '-').replace(/^[-_]+|[-_]+$/g, '');
}

/** The ids of a page. The second `name` becomes `name_1`. */
export class UniqueIds {
  private readonly used: Set<string>;
  /** The last number given where this id was wanted, so that a thousand equal headings don't search a thousand times. */
  private readonly lastNumbers = new Map<string, number>();

  constructor(used: Iterable<string>) {
    this.used = new Set(used);
  }

  /** Takes an id, with a number behind it where it is taken already. */
  take(wanted: string): string {
    let id = wanted;
    if (id === '' || this.used.has(id)) {
      const [, stem = id, start = '0'] = /^(.*)_([0-9]+)$/s.exec(id) ?? [];
      let number = Math.max(Number(start), this.lastNumbers.get(wanted) ?? 0);
      do number++;
      while (this.used.has(`${stem}_${number}`));
      this.lastNumbers.set(wanted, number);
      id = `${stem}_${number}`;
    }
    this.used.add(id);
    return id;
  }
}
