/**
 * Finds the first definition that begins a line, such as `[^1]: …`: its opening, a name up to the next bracket, and
 * directly behind it one of the closings. The pattern reads it whole. The bracket is sought once for all the lines
 * before it, because a text full of openings would otherwise be read to its end for each of them.
 */
export function findDefinition(
  block: string,
  opening: RegExp,
  closings: readonly string[],
  pattern: RegExp,
): RegExpExecArray | null {
  let close = -1;
  for (let start = 0, feed = 0; feed >= 0; start = feed + 1) {
    feed = block.indexOf('\n', start);
    opening.lastIndex = start;
    const name = start + (opening.exec(block)?.[0].length ?? 0);
    if (name === start) continue;
    if (close < name) close = block.indexOf(']', name);
    if (close < 0) return null;
    if (!closings.some((closing) => block.startsWith(closing, close))) continue;
    pattern.lastIndex = start;
    return pattern.exec(block);
  }
  return null;
}
