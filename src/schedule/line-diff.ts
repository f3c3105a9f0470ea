/** One line of a comparison: in both texts, only in the old one, or only in the new one. */
interface Step {
  readonly mark: '  ' | '- ' | '+ ';
  readonly line: string;
}

const CONTEXT_LINES = 3;
/** Above this many pairs of changed lines a smallest difference costs more than it tells. */
const MOST_PAIRS = 4_000_000;
const NO_NEWLINE = '\n\\ no newline at the end';

/**
 * What changes from one text to the other, for people: lines marked `+ `, `- ` and two spaces, with three lines of context.
 *
 * Where lines were left out, `@@ line 12 @@` says at which line of the new text it goes on. Equal texts give an empty array.
 */
export function lineDiff(before: string, after: string): string[] {
  const steps = compare(linesOf(before), linesOf(after));
  const shown = nearChanges(steps);
  const output: string[] = [];
  let newLine = 1;
  let wasShown = true;
  for (const [index, { mark, line }] of steps.entries()) {
    const isShown = shown[index] === true;
    if (isShown && !wasShown) output.push(`@@ line ${newLine} @@`);
    if (isShown) output.push(...`${mark}${line}`.split('\n'));
    if (mark !== '- ') newLine += 1;
    wasShown = isShown;
  }
  return output;
}

/** A missing last newline is kept as part of the last line, so that it counts as a difference and is shown as one. */
function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  return last === '' ? lines : [...lines, last + NO_NEWLINE];
}

function compare(before: readonly string[], after: readonly string[]): Step[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let same = 0;
  const longestTail = Math.min(before.length, after.length) - start;
  while (same < longestTail && before.at(-1 - same) === after.at(-1 - same)) same += 1;

  return [
    ...marked('  ', before.slice(0, start)),
    ...compareMiddle(before.slice(start, before.length - same), after.slice(start, after.length - same)),
    ...marked('  ', before.slice(before.length - same)),
  ];
}

function compareMiddle(before: readonly string[], after: readonly string[]): Step[] {
  if (before.length * after.length > MOST_PAIRS) return [...marked('- ', before), ...marked('+ ', after)];
  const lengths = commonLengths(before, after);
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    const [old, fresh] = [before[i] ?? '', after[j] ?? ''];
    if (old === fresh) {
      steps.push({ mark: '  ', line: old });
      i += 1;
      j += 1;
    } else if (lengths(i + 1, j) >= lengths(i, j + 1)) {
      steps.push({ mark: '- ', line: old });
      i += 1;
    } else {
      steps.push({ mark: '+ ', line: fresh });
      j += 1;
    }
  }
  return [...steps, ...marked('- ', before.slice(i)), ...marked('+ ', after.slice(j))];
}

/** The length of the longest common subsequence of what follows the i-th old and the j-th new line. */
function commonLengths(before: readonly string[], after: readonly string[]): (i: number, j: number) => number {
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      table[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}

function nearChanges(steps: readonly Step[]): boolean[] {
  const shown = steps.map(() => false);
  for (const [index, step] of steps.entries()) {
    if (step.mark === '  ') continue;
    const last = Math.min(steps.length - 1, index + CONTEXT_LINES);
    for (let near = Math.max(0, index - CONTEXT_LINES); near <= last; near += 1) shown[near] = true;
  }
  return shown;
}

function marked(mark: Step['mark'], lines: readonly string[]): Step[] {
  return lines.map((line) => ({ mark, line }));
}
