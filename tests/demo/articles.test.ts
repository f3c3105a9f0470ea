import { expect, test } from 'vitest';
import { demoArticles } from '../../src/demo/articles/all.ts';
import { topicNames } from '../../src/demo/rows/labels.ts';

const all = demoArticles.map((article) => article.body).join('\n');

test('are some fifty, with a slug of their own that fits the column', () => {
  const slugs = demoArticles.map((article) => article.slug);

  expect(slugs.length).toBeGreaterThanOrEqual(50);
  expect(new Set(slugs).size).toBe(slugs.length);
  expect(slugs.filter((slug) => !/^[a-z0-9-]{1,50}$/.test(slug))).toEqual([]);
});

test('stand in chapters that exist', () => {
  expect(demoArticles.filter(({ topic }) => topic && !topicNames.includes(topic))).toEqual([]);
});

test('stay small enough to ship', () => {
  expect(Buffer.byteLength(all)).toBeLessThan(250_000);
});

const features: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['a table', /^\| --- \|/m],
  ['a task list', /^- \[ \] .+\n/m],
  ['a footnote', /^\[\^\w+\]: /m],
  ['a definition list', /^: {3}\S/m],
  ['an abbreviation', /^\*\[HTML\]: /m],
  ['an attribute list', /\{: \.\w/],
  ['deleted text', /~~.+~~/],
  ['an icon', /icon:star/],
  ['a code group', /^:::: code-group\n::: code-item /m],
  ['an image of the site', /!\[.*\]\(\/cdn\//],
  ['an image of another site', /!\[.*\]\(https:\/\/img\.example\.com\//],
  ['an HTML block', /^<div class="card">$/m],
  ['mustaches in inline code', /`\{\{ title \}\}`/],
  ['an emoji', /🎉/u],
  ...['primary', 'secondary', 'success', 'danger', 'warning', 'info'].map(
    (kind) => [`an alert: ${kind}`, new RegExp(`^::: ${kind} `, 'm')] as const,
  ),
  ...[
    'bash',
    'python',
    'yaml',
    'json',
    'nginx',
    'sql',
    'js',
    'ts',
    'go',
    'dockerfile',
    'html',
    'css',
    'ini',
    'diff',
  ].map((language) => [`code in ${language}`, new RegExp(`^ *\`\`\`${language}$`, 'm')] as const),
];

test.each(features)('show %s', (_, pattern) => {
  expect(all).toMatch(pattern);
});
