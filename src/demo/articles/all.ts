import type { DemoArticle } from './article.ts';
import { backendArticles } from './backend.ts';
import { databaseArticles } from './database.ts';
import { frontendArticles } from './frontend.ts';
import { lifeArticles } from './life.ts';
import { opsArticles } from './ops.ts';
import { readingArticles } from './reading.ts';
import { toolsArticles } from './tools.ts';

/** Every post of the demo blog; posts of one chapter stand in the order in which they were written. */
export const demoArticles: readonly DemoArticle[] = [
  ...opsArticles,
  ...toolsArticles,
  ...backendArticles,
  ...frontendArticles,
  ...databaseArticles,
  ...readingArticles,
  ...lifeArticles,
];
