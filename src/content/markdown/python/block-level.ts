const names = new Set(
  (
    'address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header ' +
    'hgroup hr main menu nav ol p pre section table ul canvas colgroup dd body dt group iframe li legend math map ' +
    'noscript output object option progress script style summary tbody td textarea tfoot th thead tr video'
  ).split(' '),
);

/** The elements that stand on their own and are never wrapped in a paragraph. */
export const blockLevelTags: ReadonlySet<string> = names;

/** Whether a tag, as written, is one that stands on its own. */
export function isBlockLevel(tag: string): boolean {
  return names.has(tag) || names.has(tag.toLowerCase().replace(/\/+$/, ''));
}
