import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSite } from './site.ts';

test('render reads files, articles by id and standard input, each once', async () => {
  const site = await openSite();
  writeFileSync(join(site.folder, 'draft.md'), '# 标题\n\n一段**文字**\n');

  const result = await site.blogctl(['render', '--json', 'draft.md', '1', '-'], { input: '*hi*' });

  const lines = result.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(lines.map(({ file, id }) => file ?? id)).toEqual(['draft.md', 1, '-']);
  expect(lines[0]).toMatchObject({ html: expect.stringContaining('<h1 id="标题">标题</h1>') });
  expect(lines[2]).toMatchObject({ html: '<p><em>hi</em></p>' });
});

test('render takes the Markdown of a configuration that names no database', async () => {
  const site = await openSite();
  writeFileSync(join(site.folder, 'draft.md'), '~~weg~~\n');
  writeFileSync(site.config, 'blog: { markdown: { extensions: { del: false } } }\n');

  const result = await site.blogctl(['render', 'draft.md']);
  const byId = await site.blogctl(['render', '12']);

  expect(result).toMatchObject({ code: 0, stdout: '<p>~~weg~~</p>\n' });
  expect(byId.code).toBe(2);
  expect(byId.stderr).toContain('names no database');
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('render that waits for its input ends with %s', async (signal, code) => {
  const site = await openSite();
  writeFileSync(join(site.folder, 'first.md'), 'first\n');

  const running = site.start(['render', 'first.md', '-'], { isInputOpen: true });
  await running.until('<p>first</p>');
  running.kill(signal);
  const ended = await running.ended;

  expect(ended.code).toBe(code);
  expect(ended.stderr).toContain(`interrupted by ${signal}`);
});

test('render tells what cannot be rendered, and prints the others', async () => {
  const site = await openSite();
  writeFileSync(join(site.folder, 'good.md'), 'gut\n');

  const result = await site.blogctl(['render', 'missing.md', '', '4711', 'good.md']);

  expect(result).toMatchObject({ code: 1, stdout: '<p>gut</p>\n' });
  expect(result.stderr.trim().split('\n')).toEqual([
    'blogctl: missing.md: there is no such file',
    'blogctl: : a name that is empty names no file',
    'blogctl: 4711: there is neither a file nor an article of this id',
  ]);
});
