/** Which part of the blog a post belongs to. */
export type DemoCategory = 'ops' | 'backend' | 'frontend' | 'database' | 'reading' | 'life';

/** A post of the demo blog, as its author wrote it: everything but its dates and numbers. */
export interface DemoArticle {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly category: DemoCategory;
  readonly tags: readonly string[];
  /** The chapter (of a subject) that it stands in; those in the same chapter follow each other in time. */
  readonly topic?: string;
  readonly shortTitle?: string;
  readonly isDraft?: boolean;
  readonly isTop?: boolean;
  readonly body: string;
}
