import { expect, test } from 'vitest';
import { createRenderer } from '../../../src/content/markdown/render.ts';

const paragraph =
  '一段普通的文字，含有 `code`、**粗体** 和 [链接](http://example.com/a "标题")，写得长一些，像真正的文章那样。\n\n';
const article = `## 标题\n\n${paragraph.repeat(8)}- 一\n- 二\n\n\`\`\`python\nprint("你好", 1)\n\`\`\`\n\n`;

const texts: Record<string, string> = {
  'an article of 5 MB': article.repeat(Math.ceil(5_000_000 / Buffer.byteLength(article))),
  'a line of 1 MB': '文字 word '.repeat(80_000),
  'a line of 1 MB full of markup': '文 **粗** `c` [a](b) '.repeat(40_000),
  '100,000 nested quotes': '>'.repeat(100_000),
  '100,000 nested quotes with spaces': '> '.repeat(100_000),
  '100,000 opening brackets': '['.repeat(100_000),
  '100,000 links that do not close': '[a]('.repeat(100_000),
  '50,000 links in one another': `${'['.repeat(50_000)}a${'](b)'.repeat(50_000)}`,
  '100,000 images that do not close': '!['.repeat(100_000),
  'emphasis that does not close': '**a '.repeat(100_000),
  'emphasis of both kinds': '*a_'.repeat(100_000),
  'emphasis in emphasis': '*a**b'.repeat(100_000),
  'emphasis outside words': '_a '.repeat(100_000),
  'backticks of many lengths': Array.from({ length: 1000 }, (_, index) => '`'.repeat(index + 1)).join(' '),
  'tags that do not end': '<a '.repeat(100_000),
  'comments that do not end': '<!--'.repeat(100_000),
  'attributes that do not end': '<a b="'.repeat(100_000),
  '100,000 open elements': '<div>'.repeat(100_000),
  'broken references': `${'&#'.repeat(100_000)};`,
  'deep lists': '- '.repeat(100_000),
  'deep lists, line by line': Array.from({ length: 1500 }, (_, index) => `${'    '.repeat(index)}- a`).join('\n'),
  '100,000 underlined headings': 'a\n---\n'.repeat(100_000),
  '50,000 equal headings': '# a\n\n'.repeat(50_000),
  'a wide table': `|${'`|'.repeat(50_000)}\n|-|`,
  'fences that do not close': '```a\n\n````b\n\n'.repeat(50_000),
  '50,000 open boxes': `${'::: info a\n\n'.repeat(50_000)}:::`,
  'many tables of contents': `${'[TOC]\n\n'.repeat(10_000)}${'# a\n\n'.repeat(1000)}`,
  'one footnote 20,000 times': `${'[^a] '.repeat(20_000)}\n\n[^a]: x`,
  'code that does not close its strings': `\`\`\`bash\n${'"$'.repeat(50_000)}\n\`\`\`\n\n\`\`\`python\n${'"'.repeat(90_001)}\n\`\`\``,
  'spaces in Markdown code': `\`\`\`markdown\n${' '.repeat(90_000)}x\n\`\`\``,
  'blank code that names no language': `\`\`\`\na${' \n'.repeat(45_000)}b\n\`\`\``,
  'blank lines at a prompt': `\`\`\`console\na${'\n '.repeat(45_000)}b\n\`\`\``,
  'C# without an end': `\`\`\`csharp\n${'a '.repeat(45_000)}\n\`\`\`\n\n`.repeat(3),
  'C# in small pieces': `\`\`\`csharp\n${'a '.repeat(3_900)}\n\`\`\`\n\n`.repeat(50),
  'long brackets of Lua': `\`\`\`lua\n${'[['.repeat(45_000)}\n\`\`\``,
  'a makefile of blanks': `\`\`\`make\n${' '.repeat(90_000)}x\n\`\`\``,
  'a NUL': 'a\0b',
  'lone surrogates': 'a\ud800b \udc00',
  'what placeholders look like': '\u0002wzxhzdk:0\u0003 \u0002klzzwxh:0000\u0003 <b>',
};

// Not measured here, because machines differ; a text that is never done runs into the time-out.
test.each(Object.entries(texts))('is done with %s, or says why not', { timeout: 30_000 }, (_name, text) => {
  const render = createRenderer({ preset: 'izone' });

  let said = '';
  try {
    said = render(text).html;
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    said = error instanceof Error ? error.message : '';
    expect(said).toMatch(/^The article [^\n]+\.$/);
  }

  expect(said).not.toBe('');
});

test('shows what placeholders look like as text', () => {
  const { html } = createRenderer({ preset: 'izone' })('\u0002wzxhzdk:0\u0003 a');

  expect(html).toBe('<p>wzxhzdk:0 a</p>');
});
