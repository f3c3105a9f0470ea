import { ConfigurationError } from '../../core/errors.ts';

/** A place in the configuration: `['jobs', 'warm-cache', 'timeout']`. */
export type ConfigPath = readonly (string | number)[];

/** One thing that is wrong with the configuration. */
export interface Problem {
  readonly path: ConfigPath;
  readonly message: string;
  /** 1-based line; null where it is known only by its path. */
  readonly line: number | null;
}

/** Finds the line of a place: of the key itself with `key`, else of its value. */
export type Locate = (path: ConfigPath) => number | null;

/** `jobs.check-friends.timeout: expected a length of time such as 45m, got "soon" (blogctl.yaml:31)` */
export function formatProblem(problem: Problem, fileName: string | null): string {
  const place = problem.path.length === 0 ? '' : `${formatPath(problem.path)}: `;
  const where = fileName === null ? '' : ` (${fileName}${problem.line === null ? '' : `:${problem.line}`})`;
  return `${place}${problem.message}${where}`;
}

/** Throws all problems at once, in the order of the file; does nothing where there are none. */
export function throwProblems(problems: readonly Problem[], fileName: string | null): void {
  if (problems.length === 0) return;
  const inOrder = [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  throw new ConfigurationError(inOrder.map((problem) => formatProblem(problem, fileName)).join('\n'));
}

function formatPath(path: ConfigPath): string {
  let out = '';
  for (const step of path) {
    if (typeof step === 'number') out += `[${step}]`;
    // A key may be any text, also one that would break the line.
    else out += (out === '' ? '' : '.') + (/[\p{Cc}]/u.test(step) ? JSON.stringify(step) : step);
  }
  return out;
}
