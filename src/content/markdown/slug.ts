/** The id of a heading: its letters, of any script, in lower case, with hyphens for all between them. */
export function slugOf(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\s\u001c-\u001f\u0085-]/gu, '');
  return words.replace(/[-\s\u001c-\u001f\u0085]+/g, '-').replace(/^[-_]+|[-_]+$/g, '');
}

/** Makes an id unique among those used so far: the second `name` becomes `name_1`. */
export function uniqueId(wanted: string, used: Set<string>): string {
  let id = wanted;
  while (id === '' || used.has(id)) {
    const numbered = /^(.*)_([0-9]+)$/s.exec(id);
    id = numbered === null ? `${id}_1` : `${numbered[1] ?? ''}_${Number(numbered[2]) + 1}`;
  }
  used.add(id);
  return id;
}
