import { load } from 'cheerio';

type Root = ReturnType<ReturnType<typeof load>['root']>[0];
type Node = Root['children'][number];

const blocks = new Set(
  'html body p div ul ol li table thead tbody tr td th pre blockquote h1 h2 h3 h4 h5 h6 hr dl dt dd section figure details summary br img iframe video'.split(
    ' ',
  ),
);
const space = /[\s\u00a0]+/g;
const random = /^(?:nav-)?[0-9a-f]{12}(?:-tab)?$/;

/**
 * What a reader's browser makes of HTML, a line for each element and text: the order of attributes, white space between
 * blocks and the ids of code groups aside; of code the text and not the colours.
 */
export function pageLines(html: string): string[] {
  const body = load(html)('body')[0];
  return body === undefined ? [] : body.children.flatMap((node) => linesOf(node, 0));
}

function linesOf(node: Node, depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (isText(node)) {
    const words = shownWords(node.data, node.prev, node.next);
    return words === '' ? [] : [indent + JSON.stringify(words)];
  }
  if ('data' in node) return [`${indent}<!--${String(node.data)}-->`];
  if (!('attribs' in node)) return [];
  const attributes = Object.entries(node.attribs)
    .map(([name, value]) => ` ${name}=${random.test(value) ? 'RANDOM' : value.trim().replace(space, ' ')}`)
    .toSorted();
  const tag = `${indent}<${node.name}${attributes.join('')}>`;
  const isCode = node.name === 'code' && node.parent !== null && 'name' in node.parent && node.parent.name === 'pre';
  if (isCode) return [tag, `${indent}  ${JSON.stringify(textOf(node).trimEnd())}`];
  return [tag, ...node.children.flatMap((child) => linesOf(child, depth + 1))];
}

function shownWords(data: string, previous: Node | null, next: Node | null): string {
  const words = data.replace(space, ' ');
  const start = isEdge(previous) ? words.trimStart() : words;
  return isEdge(next) ? start.trimEnd() : start;
}

function isEdge(node: Node | null): boolean {
  return node === null || ('name' in node && blocks.has(node.name));
}

function isText(node: Node): node is Extract<Node, { data: string }> {
  const kind: string = node.type;
  return kind === 'text';
}

function textOf(node: Node): string {
  if (isText(node)) return node.data;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

type Theme = Readonly<Record<string, string>>;

/** The visible characters of all code with their colours in a theme. */
export function codeColours(html: string, theme: Theme): string[][] {
  const page = load(html);
  return page('pre code')
    .toArray()
    .map((code) => colouredCharacters(code, theme[''] ?? '', theme).filter((shown) => !/^\s/.test(shown)));
}

function colouredCharacters(node: Node, inherited: string, theme: Theme): string[] {
  if (isText(node)) return Array.from(node.data, (character) => `${character} ${inherited}`);
  if (!('children' in node)) return [];
  const classes = 'attribs' in node ? (node.attribs['class'] ?? '').split(/\s+/) : [];
  const colour = classes.map((name) => theme[name]).find((found) => found !== undefined) ?? inherited;
  return node.children.flatMap((child) => colouredCharacters(child, colour, theme));
}

/** How many of the wanted characters are there in the same colour, and of how many. */
export function sameColours(wanted: string, made: string, theme: Theme): [same: number, all: number] {
  const others = codeColours(made, theme);
  const pairs = codeColours(wanted, theme).flatMap((code, block) =>
    code.map((shown, index) => shown === others[block]?.[index]),
  );
  return [pairs.filter(Boolean).length, pairs.length];
}
