/** A piece of code with the highlighter's own names for what it is, the innermost last. */
export interface Segment {
  readonly text: string;
  readonly scopes: readonly string[];
}

const part = /<span class="([^"]*)">|<\/span>|[^<]+/g;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

/** Reads the HTML that highlight.js makes back into pieces: that is its public output, its token tree is not. */
export function segmentsOf(html: string): Segment[] {
  const segments: Segment[] = [];
  let scopes: readonly string[] = [];
  for (const [all, name] of html.matchAll(part)) {
    if (name !== undefined) scopes = [...scopes, scopeOf(name)];
    else if (all === '</span>') scopes = scopes.slice(0, -1);
    else segments.push({ text: decode(all), scopes });
  }
  return segments;
}

/** `hljs-title function_` is `title.function`. */
function scopeOf(name: string): string {
  return name
    .split(' ')
    .map((word) => word.replace(/^hljs-/, '').replace(/_+$/, ''))
    .join('.');
}

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(amp|lt|gt|quot|#x27);/g, (all, name: string) => entities[name] ?? all);
}
