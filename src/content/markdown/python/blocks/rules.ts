import type { ExtensionSwitch, MarkdownExtensionName } from '../../extensions.ts';
import { abbreviationDefinition } from './abbreviation.ts';
import { alert } from './alert.ts';
import { codeGroup, codeItem } from './code-group.ts';
import { codeBlock } from './code.ts';
import { definitionList } from './definition-list.ts';
import { emptyBlock } from './empty.ts';
import { footnoteDefinition } from './footnote.ts';
import { hashHeading, underlinedHeading } from './heading.ts';
import { definitionContinuation, listContinuation } from './list-indent.ts';
import { orderedList, unorderedList } from './list.ts';
import { markdownInHtml } from './markdown-in-html.ts';
import { paragraph } from './paragraph.ts';
import type { BlockRule } from './parser.ts';
import { blockQuote } from './quote.ts';
import { referenceDefinition } from './reference.ts';
import { horizontalRule } from './rule-line.ts';
import { table } from './table.ts';

/** All rules in the order in which they are asked, which decides what a block is; with the extension each belongs to. */
const ordered: readonly (readonly [BlockRule, MarkdownExtensionName?])[] = [
  [codeGroup, 'code_group'],
  [codeItem, 'code_group'],
  [alert, 'alert'],
  [markdownInHtml, 'md_in_html'],
  [emptyBlock],
  [listContinuation],
  [definitionContinuation, 'def_list'],
  [codeBlock],
  [table, 'tables'],
  [hashHeading],
  [underlinedHeading],
  [horizontalRule],
  [orderedList],
  [unorderedList],
  [definitionList, 'def_list'],
  [blockQuote],
  [footnoteDefinition, 'footnotes'],
  [abbreviationDefinition, 'abbr'],
  [referenceDefinition],
  [paragraph],
];

/** The block rules of a blog that has these extensions. */
export function blockRules(isOn: ExtensionSwitch): BlockRule[] {
  return ordered.filter(([, extension]) => extension === undefined || isOn(extension)).map(([rule]) => rule);
}
