import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { ConfigPath, Locate, Problem } from './problems.ts';

/** A parsed file: plain data, and where each part of it stands. */
export interface ParsedConfig {
  readonly value: unknown;
  readonly locate: Locate;
  readonly problems: readonly Problem[];
}

/** Parses YAML 1.2 (JSON is a part of it). Problems of the syntax are collected, not thrown. */
export function parseConfig(text: string): ParsedConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problems = document.errors.map((error) => ({
    path: [],
    message: `broken YAML: ${sentenceOf(error.message)}`,
    line: lines.linePos(error.pos[0]).line,
  }));
  const locate: Locate = (path) => {
    const offset = offsetOf(document.contents, path);
    return offset === null ? null : lines.linePos(offset).line;
  };
  if (problems.length > 0) return { value: null, locate, problems };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as unknown, locate, problems };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { value: null, locate, problems: [{ path: [], message: `broken YAML: ${message}`, line: null }] };
  }
}

// The offset of the deepest part of the path that stands in the file: a key where there is one.
function offsetOf(contents: Node | null, path: ConfigPath): number | null {
  let node: unknown = contents;
  let offset: number | null = null;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (!isPair(pair)) return offset;
      offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = isNode(node) ? (node.range?.[0] ?? offset) : offset;
    } else return offset;
  }
  return offset;
}

function sentenceOf(message: string): string {
  const first = (message.split('\n')[0] ?? '').trim();
  return first.charAt(0).toLowerCase() + first.slice(1);
}
