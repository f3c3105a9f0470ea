import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRenderer } from '../src/content/markdown/render.ts';
import { demoArticles } from '../src/demo/articles/all.ts';
import { median, race } from './measure.ts';
import type { Result } from './run.ts';

/** What the blog's own renderer does, highlighting included: articles a second on one thread. */
const blogsOwn = 64;

/** Rendering in steady state on one thread, highlighting included; on real articles where they are at hand. */
export function rendering(): Result[] {
  const corpus = fileURLToPath(new URL('../../shared/markdown', import.meta.url));
  const results = [
    measure(
      'rendering the demo blog',
      demoArticles.map((article) => article.body),
    ),
  ];
  if (existsSync(corpus)) {
    const names = readdirSync(corpus).filter((name) => name.endsWith('.md') && name !== 'README.md');
    const texts = names.map((name) => readFileSync(join(corpus, name), 'utf8'));
    results.push(measure('rendering real articles', texts, 6 * blogsOwn), wholeProcess(corpus, names));
  }
  return results;
}

/**
 * The whole program over the corpus, against what the blog's own process would take: its start (842 ms on the machine on
 * which its 64 articles a second were measured) and its rendering.
 */
function wholeProcess(corpus: string, names: readonly string[]): Result {
  const launcher = fileURLToPath(new URL('../bin/blogctl.js', import.meta.url));
  const files = names.map((name) => join(corpus, name));
  const [timing] = race([{ label: 'render', command: [process.execPath, launcher, 'render', '--json', ...files] }], 7);
  const ms = timing?.wallMs ?? Number.NaN;
  const own = 842 + (names.length / blogsOwn) * 1000;
  const figure = `${ms.toFixed(0)} ms, ${(own / ms).toFixed(1)} x the blog's own process`;
  return { label: `blogctl render of ${names.length} articles`, figure, target: 'at least 4 x', isMet: own / ms >= 4 };
}

function measure(label: string, texts: readonly string[], least?: number): Result {
  const render = createRenderer({ preset: 'izone' });
  const rates: number[] = [];
  for (let round = 0; round < 12; round++) {
    const started = performance.now();
    for (const text of texts) render(text);
    // The first rounds are spent on compiling.
    if (round >= 3) rates.push((texts.length / (performance.now() - started)) * 1000);
  }
  const rate = median(rates);
  const figure = `${rate.toFixed(0)} articles/s, ${(rate / blogsOwn).toFixed(1)} x the blog's own ${blogsOwn}`;
  return least === undefined ? { label, figure } : { label, figure, target: `at least ${least}`, isMet: rate >= least };
}
