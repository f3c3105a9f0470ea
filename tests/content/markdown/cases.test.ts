import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createRenderer } from '../../../src/content/markdown/render.ts';
import { pageLines } from './page.ts';

const folder = path.join(import.meta.dirname, 'cases');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .map((file) => path.basename(file, '.md'));
const render = createRenderer({ preset: 'izone' });

// The expected pages are made by the real Python-Markdown: scripts/markdown-cases.py.
test.each(names)('renders %s as Python-Markdown does', (name) => {
  const expected: { html: string; toc: string } = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));

  const article = render(readFileSync(path.join(folder, `${name}.md`), 'utf8'));

  expect(pageLines(article.html)).toEqual(pageLines(expected.html));
  expect(pageLines(article.toc)).toEqual(pageLines(expected.toc));
});
