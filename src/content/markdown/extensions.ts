/** The extensions a blog may switch, by the names their owners know from Python-Markdown, in the order the blog loads them. */
export const markdownExtensionNames = [
  'fenced_code',
  'footnotes',
  'attr_list',
  'def_list',
  'tables',
  'abbr',
  'md_in_html',
  'checklist',
  'codehilite',
  'toc',
  'del',
  'icon',
  'alert',
  'code_group',
] as const;

/** The name of one extension. */
export type MarkdownExtensionName = (typeof markdownExtensionNames)[number];

/** Answers whether an extension is switched on. */
export type ExtensionSwitch = (name: MarkdownExtensionName) => boolean;

/** Makes the switch of a blog: everything is on unless the blog says otherwise; a name nobody knows is refused. */
export function extensionSwitch(chosen: Readonly<Record<string, boolean | undefined>> = {}): ExtensionSwitch {
  const known = new Set<string>(markdownExtensionNames);
  for (const name of Object.keys(chosen)) {
    if (!known.has(name)) {
      throw new Error(`There is no Markdown extension "${name}"; there are ${markdownExtensionNames.join(', ')}.`);
    }
  }
  return (name) => chosen[name] ?? true;
}
