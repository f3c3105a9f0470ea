import type { ViewCounters } from './views.ts';

/** What is viewed: an article (`item` is its id) or a page (`item` is its url). */
export interface ViewedItem {
  readonly kind: 'article' | 'page';
  readonly item: string;
}

/** A number of views of an item: all so far, or those of an hour. */
export interface ItemViews extends ViewedItem {
  readonly views: number;
}

/** Running totals of all items, as one list. */
export function totalsOf(counters: ViewCounters): ItemViews[] {
  return [
    ...[...counters.articles].map(([item, views]): ItemViews => ({ kind: 'article', item, views })),
    ...[...counters.pages].map(([item, { views }]): ItemViews => ({ kind: 'page', item, views })),
  ];
}

/** What became of the totals between two counts. */
export interface Difference {
  /** Gained since; what is new has gained all its views. */
  readonly gained: readonly ItemViews[];
  /** Lower than before: somebody has set them back. They gained nothing. */
  readonly fallen: readonly (ItemViews & { readonly before: number })[];
  /** No longer there. */
  readonly gone: readonly ViewedItem[];
}

/** Compares the totals of two counts. */
export function differenceOf(before: readonly ItemViews[], now: readonly ItemViews[]): Difference {
  const known = new Map(before.map((one) => [keyOf(one), one.views]));
  const present = new Set(now.map(keyOf));
  const compared = now.map((one) => ({ ...one, before: known.get(keyOf(one)) ?? 0 }));
  return {
    gained: compared
      .filter((one) => one.views > one.before)
      .map(({ kind, item, views, before: old }) => ({ kind, item, views: views - old })),
    fallen: compared.filter((one) => one.views < one.before),
    gone: before.filter((one) => !present.has(keyOf(one))).map(({ kind, item }) => ({ kind, item })),
  };
}

const hourMs = 3_600_000;

/** Where the clock's hour began, in minutes since 1970-01-01T00:00Z; `offsetMs` is the zone's at that instant. */
export function hourAt(epochMs: number, offsetMs: number): number {
  const local = epochMs + offsetMs;
  return Math.floor((Math.floor(local / hourMs) * hourMs - offsetMs) / 60_000);
}

/**
 * The hours that a count closes: the hour it falls into, and those before it in which nobody counted. More than one means
 * that what was gained is known only for all of them together.
 */
export function hoursSince(lastMs: number, nowMs: number, offsetOf: (epochMs: number) => number): number[] {
  const now = hourAt(nowMs, offsetOf(nowMs));
  const last = hourAt(lastMs, offsetOf(lastMs));
  const hours: number[] = [];
  // An hour's start and the change of a zone's clocks need not fall together; half an hour on is inside in any case.
  for (let hour = last; hour < now;) {
    const next = (hour + 90) * 60_000;
    hour = Math.max(hour + 30, hourAt(next, offsetOf(next)));
    hours.push(Math.min(hour, now));
  }
  return hours.length === 0 ? [now] : hours;
}

/** Spreads gains evenly over hours, so that each item's sum stays and no hour gets all the single views. */
export function spread(
  gains: readonly ItemViews[],
  hours: readonly number[],
): ReadonlyMap<number, readonly ItemViews[]> {
  const count = hours.length;
  const shares = hours.map((): ItemViews[] => []);
  let turn = 0;
  for (const { kind, item, views } of gains) {
    const rest = views % count;
    const withOneMore = new Set<number>();
    for (let index = 0; index < rest; index++) withOneMore.add((turn + Math.floor((index * count) / rest)) % count);
    turn++;
    for (const [index, share] of shares.entries()) {
      const part = Math.floor(views / count) + (withOneMore.has(index) ? 1 : 0);
      if (part > 0) share.push({ kind, item, views: part });
    }
  }
  return new Map(hours.map((hour, index) => [hour, shares[index] ?? []]));
}

function keyOf({ kind, item }: ViewedItem): string {
  return `${kind} ${item}`;
}
