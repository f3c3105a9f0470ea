import { expect, test } from 'vitest';
import { createRenderer } from '../../../src/content/markdown/render.ts';

const render = createRenderer({ preset: 'izone' });
const deep = /^The article nests HTML elements that hold Markdown more than 400 levels deep\.$/;
const tangled = /^The article is too tangled to be rendered within safe bounds: [^\n]+\.$/;

const refused: Record<string, readonly [text: string, message: RegExp]> = {
  '100,000 open elements with Markdown': ['<div markdown="1">\n'.repeat(100_000), deep],
  '50,000 such elements that are closed': [
    `${'<div markdown="1">\n'.repeat(50_000)}${'</div>\n'.repeat(50_000)}`,
    deep,
  ],
  'such elements with paragraphs that end': ['<div markdown="1">\n<b>\n<p>\n'.repeat(33_333), deep],
  '50,000 lists with Markdown': ['<ul markdown="1">\n<li>\n'.repeat(50_000), deep],
  'end tags of nothing that is open': [`${'<div>'.repeat(50_000)}${'</p>'.repeat(50_000)}`, tangled],
  '100,000 definitions of one term': [`a\n${':   b\n'.repeat(100_000)}`, tangled],
  'underlined headings in one block': ['a\n=\n'.repeat(100_000), tangled],
  '20,000 abbreviations in 20,000 paragraphs': [
    Array.from({ length: 20_000 }, (_, index) => `*[ab${index}]: x\n\nsome text\n\n`).join(''),
    tangled,
  ],
  '100,000 footnotes': [
    Array.from({ length: 100_000 }, (_, index) => `[^${index}]: x\n\n`).join(''),
    /^The article has more than 20000 footnotes\.$/,
  ],
  '100,000 references to a footnote': [
    `${'a[^1] '.repeat(100_000)}\n\n[^1]: x`,
    /^The article refers to its footnotes more than 20000 times\.$/,
  ],
  'a footnote that refers to itself 100,000 times': [
    `x[^a]\n\n[^a]: ${'[^a]'.repeat(100_000)}`,
    /^The article refers to its footnotes more than 20000 times\.$/,
  ],
};

// The time-out is the bound: on any machine these take a small part of it.
test.each(Object.entries(refused))('refuses %s and says why', { timeout: 5000 }, (_name, [text, message]) => {
  expect(() => render(text)).toThrow(message);
});

test.each(['[^a\n', '*[a\n', '[^'])(
  'is done with 100,000 names that do not close: %j',
  { timeout: 5000 },
  (opening) => {
    expect(render(`[^a]: x\n\n${opening.repeat(100_000)}`).html).toContain('[');
  },
);

test('renders 20,000 footnotes, each referred to once', { timeout: 8000 }, () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `a[^${index}]\n\n[^${index}]: x\n\n`).join('');

  expect(render(text).html).toContain('<a class="footnote-ref" href="#fn:19999">20000</a>');
});

test('renders the same footnote defined 20,000 times', { timeout: 5000 }, () => {
  expect(render('a[^i]\n\n[^i]: x\n\n'.repeat(20_000)).html).toContain('href="#fnref20000:i"');
});

test('renders markup behind 30,000 elements of a running text', { timeout: 5000 }, () => {
  const text = `<li markdown="1">\n${'<p>a</p> *b*\n'.repeat(30_000)}</li>`;

  expect(render(text).html.match(/<em>b<\/em>/g)).toHaveLength(30_000);
});

test('renders elements with Markdown at usual depths', () => {
  const text = `${'<div markdown="1">\n'.repeat(100)}\n*a*\n\n${'</div>\n'.repeat(100)}`;

  expect(render(text).html).toContain('<p><em>a</em></p>');
});
