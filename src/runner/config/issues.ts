import type * as z from 'zod/mini';
import { didYouMean } from '../../core/nearest.ts';
import type { ConfigPath } from './problems.ts';

/** A problem without its line. */
export interface PlainProblem {
  readonly path: ConfigPath;
  readonly message: string;
}

/**
 * Puts zod's issues into sentences: `expected a length of time such as 45m, got "soon"`. What came is shown as it
 * stands in the file (`raw`), so a secret behind a placeholder never is.
 * @param known the keys of the mapping at a path, for unknown ones
 * @param isSecret what stands at a path must not be shown at all
 */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  raw: unknown,
  known: (path: ConfigPath) => readonly string[],
  { prefix = [], isSecret = () => false }: { prefix?: ConfigPath; isSecret?: (path: ConfigPath) => boolean } = {},
): PlainProblem[] {
  return issues.flatMap((issue): PlainProblem[] => {
    const path = [...prefix, ...issue.path.filter((step) => typeof step !== 'symbol')];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...path, key], message: `unknown key${didYouMean(key, known(path))}` }));
    }
    const message = issue.message === 'Invalid input' ? 'expected a mapping' : issue.message;
    return [{ path, message: isSecret(path) ? message : `${message}, got ${show(at(raw, path))}` }];
  });
}

/** The value at a path of plain data. */
export function at(value: unknown, path: ConfigPath): unknown {
  let part = value;
  for (const step of path) {
    if (typeof part !== 'object' || part === null) return undefined;
    part = (part as Record<string | number, unknown>)[step];
  }
  return part;
}

function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  // An address that stands in the wrong place, its password with it.
  if (typeof value === 'string' && /:\/\/[^/?#]*:.*@/s.test(value)) return 'an address with a password';
  if (typeof value === 'string' && /:\/\/[^?]*\?.*(token|key|secret|pass)/is.test(value)) return 'an address with a secret';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}
