/** The most that a run may delete: a number of rows, or a share of a table's. */
export interface ChangeLimit {
  readonly kind: 'rows' | 'percent';
  readonly most: number;
  /** What the user wrote. */
  readonly text: string;
}

/** The pattern of a limit, for JSON schemas: `5000`, `20%`, `2.5%`. */
export const changeLimitPattern = /^(\d{1,12}|\d{1,3}(\.\d{1,3})?%)$/;

/** Reads `5000` or `20%`; null where the text is no limit. */
export function parseChangeLimit(text: string): ChangeLimit | null {
  if (!changeLimitPattern.test(text)) return null;
  const isPercent = text.endsWith('%');
  const most = Number(isPercent ? text.slice(0, -1) : text);
  if (isPercent && most > 100) return null;
  return { kind: isPercent ? 'percent' : 'rows', most, text };
}
