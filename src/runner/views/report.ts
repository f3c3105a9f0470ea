import type { HourFigures } from '../../blog/hour-figures.ts';

/** An article or a page in a ranking. */
export interface RankedRow {
  /** The article's id, or the page's url. */
  readonly key: string;
  /** The article's slug; null for pages, and where the article is gone. */
  readonly slug: string | null;
  /** The title or the page's name; null where it is gone or has none. */
  readonly title: string | null;
  readonly views: number;
}

/** What `blogctl views` tells. */
export interface ViewReport {
  /** The blog's zone. */
  readonly timezone: string;
  /** Local times of the blog, `2026-03-17` or `2026-03-17 08:00`. */
  readonly from: string;
  /** The last day, or the hour at which it ends. */
  readonly to: string;
  /** Views of articles and of the pages that the blog counts. */
  readonly total: number;
  readonly articleViews: number;
  readonly pageViews: number;
  /** Some of it is an even share of a longer time in which nobody counted. */
  readonly isEstimated: boolean;
  /** The days that the numbers really cover, where it is not the whole period. */
  readonly covered: { readonly from: string; readonly to: string } | null;
  readonly articles: readonly RankedRow[];
  readonly pages: readonly RankedRow[];
  readonly hours: readonly HourFigures[];
}
