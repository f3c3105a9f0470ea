const patterns = [/[^ =]+=".*?"/y, /[^ =]+='.*?'/y, /[^ =]+=[^ =]+/y, /[^ =]+/y, / /y];

/** Reads an attribute list such as `#id .class key="value"`; a class comes as `.`. What makes no sense ends the list. */
export function attributesOf(text: string): [name: string, value: string][] {
  const list: [string, string][] = [];
  let at = 0;
  while (at < text.length) {
    const [index, part] = nextPart(text, at);
    if (part === undefined) break;
    at += part.length;
    const cut = part.indexOf('=');
    if (index === 0) list.push([part.slice(0, cut), trimQuotes(part.slice(cut + 1), '"')]);
    else if (index === 1) list.push([part.slice(0, cut), trimQuotes(part.slice(cut + 1), "'")]);
    else if (index === 2) list.push([part.slice(0, cut), part.slice(cut + 1)]);
    else if (index === 3) list.push(wordOf(part));
  }
  return list;
}

function nextPart(text: string, at: number): [number, string | undefined] {
  for (const [index, pattern] of patterns.entries()) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return [index, found];
  }
  return [-1, undefined];
}

function wordOf(word: string): [string, string] {
  if (word.startsWith('.')) return ['.', word.slice(1)];
  return word.startsWith('#') ? ['id', word.slice(1)] : [word, word];
}

function trimQuotes(text: string, quote: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charAt(start) === quote) start++;
  while (end > start && text.charAt(end - 1) === quote) end--;
  return text.slice(start, end);
}
