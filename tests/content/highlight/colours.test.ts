import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createRenderer } from '../../../src/content/markdown/render.ts';
import { sameColours } from '../markdown/page.ts';

const folder = path.join(import.meta.dirname, 'cases');
const languages = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .map((file) => path.basename(file, '.md'));

/** Classes of one colour in both of the blog's themes; what is not here has the colour of plain code. */
const families: Record<string, string> = {
  comment: 'c ch cm cp cpf c1 cs gu',
  string: 's sb sc dl s2 sh si sx sr s1 ss ld',
  documentation: 'sd',
  affix: 'sa',
  number: 'l m mb mf mh mi mo se il',
  keyword: 'k',
  constant: 'kc kd kp kr no',
  namespace: 'kn',
  type: 'kt',
  operator: 'o',
  punctuation: 'p',
  word: 'ow nt gd',
  class: 'nc',
  function: 'nd nf nx fm',
  attribute: 'na ne gi',
  self: 'bp',
  error: 'err',
};
const theme = Object.fromEntries(
  Object.entries(families).flatMap(([family, names]) => names.split(' ').map((name) => [name, family])),
);

// The expected colours are those of the real Pygments: scripts/markdown-cases.py.
test.each(languages)('colours at least 95% of %s as Pygments does', (language) => {
  const expected: { html: string } = JSON.parse(readFileSync(path.join(folder, `${language}.json`), 'utf8'));

  const made = createRenderer({ preset: 'izone' })(readFileSync(path.join(folder, `${language}.md`), 'utf8'));

  const [same, all] = sameColours(expected.html, made.html, theme);
  expect(all).toBeGreaterThan(10);
  expect(same / all).toBeGreaterThanOrEqual(0.95);
});
