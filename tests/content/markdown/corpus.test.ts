import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRenderer } from '../../../src/content/markdown/render.ts';
import { pageLines, sameColours } from './page.ts';

const folder = path.join(import.meta.dirname, '../../../../shared/markdown');
const isThere = existsSync(path.join(folder, 'colours.json'));
const names = !isThere
  ? []
  : readdirSync(folder)
      .filter((file) => file.endsWith('.md') && file !== 'README.md')
      .map((file) => path.basename(file, '.md'));
const render = createRenderer({ preset: 'izone' });

function read(file: string): string {
  return readFileSync(path.join(folder, file), 'utf8');
}

describe.skipIf(!isThere)(`articles of the blog (${isThere ? '' : 'not here: '}../shared/markdown)`, () => {
  test('renders every article of the corpus into the page that the blog made of it', () => {
    const different = names.filter((name) => {
      const made = pageLines(render(read(`${name}.md`)).html);
      return made.join('\n') !== pageLines(read(`${name}.html`)).join('\n');
    });

    expect(different).toEqual([]);
    expect(names.length).toBeGreaterThanOrEqual(41);
  });

  test('makes the table of contents of every article of the corpus as the blog did', () => {
    const different = names.filter((name) => {
      const made = pageLines(render(read(`${name}.md`)).toc);
      return made.join('\n') !== pageLines(read(`${name}.toc.html`)).join('\n');
    });

    expect(different).toEqual([]);
  });

  test.each(['dark', 'light'])('gives at least 95% of the code the colours of the %s theme', (name) => {
    const themes: Record<string, Record<string, string>> = JSON.parse(read('colours.json'));
    const theme = themes[name] ?? {};

    const counts = names.map((article) =>
      sameColours(read(`${article}.html`), render(read(`${article}.md`)).html, theme),
    );

    const same = counts.reduce((sum, [count]) => sum + count, 0);
    const all = counts.reduce((sum, [, count]) => sum + count, 0);
    expect(same / all).toBeGreaterThanOrEqual(0.95);
  });
});
