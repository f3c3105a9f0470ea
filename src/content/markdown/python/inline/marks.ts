import type { WorkBudget } from '../../bounds.ts';
import { isWordAt, isWordBefore } from '../characters.ts';

/**
 * A text with marks of emphasis. Remembers what was sought in vain: no later search for it can succeed, and without
 * this a text full of marks that never close would be read again for each of them.
 */
export class Marks {
  readonly data: string;
  readonly floor: number;
  readonly mark: string;
  readonly budget: WorkBudget;
  private readonly missing = new Map<string, number>();

  constructor(data: string, floor: number, mark: string, budget: WorkBudget) {
    this.data = data;
    this.floor = floor;
    this.mark = mark;
    this.budget = budget;
  }

  /** Whether so many marks, at least, stand at the index. */
  has(count: number, at: number): boolean {
    for (let offset = 0; offset < count; offset++) if (this.data.charAt(at + offset) !== this.mark) return false;
    return true;
  }

  /** Whether a word ends just before the index. */
  isAfterWord(at: number): boolean {
    return at > this.floor && isWordBefore(this.data, at);
  }

  /** Whether a word begins at the index. */
  isBeforeWord(at: number): boolean {
    return isWordAt(this.data, at);
  }

  /** The next place with so many marks that satisfies a condition, which must not depend on where the search began. */
  find(count: number, from: number, condition = '', isRight?: (at: number) => boolean): number {
    const key = `${count}${condition}`;
    const gap = this.missing.get(key);
    if (gap !== undefined && gap <= from) return -1;
    const sought = this.mark.repeat(count);
    let at = this.data.indexOf(sought, from);
    while (at >= 0 && isRight !== undefined && !isRight(at)) {
      this.budget.spend(2);
      at = this.data.indexOf(sought, at + 1);
    }
    this.budget.spend(((at < 0 ? this.data.length : at) - from) / (count > 1 ? 1 : 16) + 1);
    if (at < 0) this.missing.set(key, Math.min(gap ?? from, from));
    return at;
  }
}
