import type { Marks } from './marks.ts';

type Range = [start: number, end: number];

/** Where the parts of an emphasis lie, and where it ends. */
export interface Found {
  readonly first: Range;
  readonly second?: Range;
  readonly end: number;
}

/** One way of writing emphasis. The ways are tried in order, each from the same place. */
export interface EmphasisForm {
  readonly tags: readonly [string, string] | readonly [string];
  /** Whether the first part belongs to the inner element. */
  readonly isInnerFirst: boolean;
  readonly find: (marks: Marks, at: number) => Found | undefined;
}

const strongInEm: EmphasisForm = {
  tags: ['em', 'strong'],
  isInnerFirst: true,
  find: (marks, at) => tripled(marks, at, 2, 1),
};
const emInStrong: EmphasisForm = {
  tags: ['strong', 'em'],
  isInnerFirst: true,
  find: (marks, at) => tripled(marks, at, 1, 2),
};

/** `***a* b**` and the like: three marks, a part that so many close, a part that the others close. */
function tripled(marks: Marks, at: number, first: number, second: number): Found | undefined {
  if (!marks.has(3, at)) return undefined;
  const middle = marks.find(first, at + 4);
  const close = middle < 0 ? -1 : marks.find(second, middle + first);
  if (close < 0) return undefined;
  return { first: [at + 3, middle], second: [middle + first, close], end: close + second };
}

/** `**a *b***`. */
function trailing(marks: Marks, at: number): Found | undefined {
  if (!marks.has(2, at) || marks.has(1, at + 2)) return undefined;
  const middle = marks.find(1, at + 2);
  if (middle < 0 || marks.has(1, middle + 1)) return undefined;
  const close = marks.find(3, middle + 2);
  if (close < 0) return undefined;
  return { first: [at + 2, middle], second: [middle + 1, close], end: close + 3 };
}

/** `**a**`. */
function doubled(marks: Marks, at: number): Found | undefined {
  const close = marks.has(2, at) ? marks.find(2, at + 3) : -1;
  return close < 0 ? undefined : { first: [at + 2, close], end: close + 2 };
}

/** `*a*`. */
function single(marks: Marks, at: number): Found | undefined {
  const close = marks.has(1, at) ? marks.find(1, at + 1) : -1;
  return close <= at + 1 ? undefined : { first: [at + 1, close], end: close + 1 };
}

/** `__a _b___`, not inside a word. */
function trailingOutsideWords(marks: Marks, at: number): Found | undefined {
  if (marks.isAfterWord(at) || !marks.has(2, at) || marks.has(1, at + 2)) return undefined;
  const middle = marks.find(1, at + 3, 'opening', (to) => !marks.isAfterWord(to) && !marks.has(1, to + 1));
  const close = middle < 0 ? -1 : marks.find(3, middle + 2, 'closing', (to) => !marks.isBeforeWord(to + 3));
  if (close < 0) return undefined;
  return { first: [at + 2, middle], second: [middle + 1, close], end: close + 3 };
}

/** `__a__` and `_a_`, not inside a word. */
function outsideWords(count: number): EmphasisForm['find'] {
  return (marks, at) => {
    if (marks.isAfterWord(at) || !marks.has(count, at) || marks.has(1, at + count)) return undefined;
    const isClosing = (to: number): boolean => !marks.has(1, to - 1) && !marks.isBeforeWord(to + count);
    const close = marks.find(count, at + count + 1, 'word', isClosing);
    return close < 0 ? undefined : { first: [at + count, close], end: close + count };
  };
}

/** The ways of emphasis by `*`. */
export const asteriskForms: readonly EmphasisForm[] = [
  emInStrong,
  strongInEm,
  { tags: ['strong', 'em'], isInnerFirst: false, find: trailing },
  { tags: ['strong'], isInnerFirst: false, find: doubled },
  { tags: ['em'], isInnerFirst: false, find: single },
];

/** The ways of emphasis by `_`. */
export const underscoreForms: readonly EmphasisForm[] = [
  emInStrong,
  strongInEm,
  { tags: ['strong', 'em'], isInnerFirst: false, find: trailingOutsideWords },
  { tags: ['strong'], isInnerFirst: false, find: outsideWords(2) },
  { tags: ['em'], isInnerFirst: false, find: outsideWords(1) },
];
