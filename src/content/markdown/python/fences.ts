import { type Article, stashHtml } from './article.ts';
import { attributesOf } from './attributes.ts';
import type { CodeWriter } from './code-frame.ts';

const opening = new RegExp(
  '(~{3,}|`{3,}) *(?:\\{([^}\\n]*)\\}|(?:\\.?([\\p{L}\\p{N}_#.+-]*) *)?(?:hl_lines=(?:"(.*?)"|\'(.*?)\') *)?)\\n',
  'ysu',
);

/**
 * Takes the fenced code out of the text: fences that begin in the first column and are closed by exactly the same marks.
 * Everything else about them, in lists and quotes for example, is not code here but what the other rules make of it.
 */
export function takeFences(article: Article, text: string, writeCode: CodeWriter): string {
  const parts: string[] = [];
  const unclosed = new Set<string>();
  let done = 0;
  for (let at = 0; at >= 0 && at < text.length; at = nextLine(text, at)) {
    const mark = text.charAt(at);
    if (mark !== '`' && mark !== '~') continue;
    opening.lastIndex = at;
    const found = opening.exec(text);
    const [all = '', fence = '', attributes, language] = found ?? [];
    if (found === null || unclosed.has(fence)) continue;
    article.budget.spend(20);
    const start = at + all.length;
    const closing = findClosing(text, start, fence);
    if (closing === undefined) {
      unclosed.add(fence);
      continue;
    }
    const code = writeCode(text.slice(start, closing[0]), infoOf(attributes, language, found[4] ?? found[5]));
    parts.push(text.slice(done, at), '\n', stashHtml(article, code), '\n');
    done = closing[1];
    at = done;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

/** What the opening line of a fence says. */
export interface FenceInfo {
  readonly language: string | undefined;
  readonly classes: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}

function infoOf(attributes: string | undefined, language: string | undefined, lines: string | undefined): FenceInfo {
  if (attributes === undefined) {
    const options = new Map(lines === undefined ? [] : [['hl_lines', lines]]);
    return { language: language === '' ? undefined : language, classes: [], options };
  }
  const list = attributesOf(attributes);
  const [first, ...classes] = list.filter(([name]) => name === '.').map(([, value]) => value);
  return { language: first, classes, options: new Map(list.filter(([name]) => name !== '.' && name !== 'id')) };
}

function nextLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed < 0 ? -1 : feed + 1;
}

function findClosing(text: string, start: number, fence: string): [start: number, end: number] | undefined {
  for (let at = start; at >= 0; at = nextLine(text, at)) {
    if (!text.startsWith(fence, at)) continue;
    let end = at + fence.length;
    while (text.charAt(end) === ' ') end++;
    if (end === text.length || text.charAt(end) === '\n') return [at, end];
  }
  return undefined;
}
