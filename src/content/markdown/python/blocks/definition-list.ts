import { isBlank, strip } from '../characters.ts';
import type { Element } from '../element.ts';
import { splitIndented } from './indentation.ts';
import type { BlockParser, BlockQueue, BlockState } from './parser.ts';

const definition = /(?:^|\n) {0,3}: {1,3}([^\n]*?)(?:\n|$)/;
const unindented = /^ {0,3}[^ :]/;

/** Definition lists: terms, each on a line, and below them definitions that begin with a colon. */
export function definitionList(parser: BlockParser, parent: Element, blocks: BlockQueue): boolean {
  const found = definition.exec(blocks.peek());
  parser.spend((found?.index ?? blocks.peek().length) / 4);
  if (found === null) return false;
  const above = blocks
    .peek()
    .slice(0, found.index)
    .split('\n')
    .filter((line) => !isBlank(line))
    .map(strip);
  if (above.length === 0 && parent.last === undefined) return false;

  const after = blocks.take().slice(found.index + found[0].length);
  const [body, rest] = unindented.test(after) ? [after, ''] : splitIndented(after);
  const text = found[1] ?? '';
  const { terms, list, state } = placeOf(parent, above);
  for (const term of terms) list.add('dt').text = term;
  parser.within(state, () => parser.parseBlocks(list.add('dd'), [body === '' ? text : `${text}\n${body}`]));
  if (rest !== '') blocks.putBack(rest);
  return true;
}

/** Finds the terms, which may be the paragraph before, and the list that the definition belongs to. */
function placeOf(
  parent: Element,
  above: readonly string[],
): { terms: readonly string[]; list: Element; state: BlockState } {
  let terms = above;
  let state: BlockState = 'list';
  if (above.length === 0 && parent.last?.tag === 'p') {
    terms = parent.children.pop()?.text.split('\n') ?? [];
    state = 'looselist';
  }
  const last = parent.last;
  if (last?.tag !== 'dl') return { terms, list: parent.add('dl'), state };
  const isDefinedAgain = terms.length === 0 && last.last?.tag === 'dd' && last.last.children.length > 0;
  return { terms, list: last, state: isDefinedAgain ? 'looselist' : state };
}
