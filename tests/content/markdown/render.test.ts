import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markdownExtensionNames } from '../../../src/content/markdown/extensions.ts';
import { createRenderer } from '../../../src/content/markdown/render.ts';

test('renders nothing for an article without text', () => {
  const render = createRenderer({ preset: 'izone' });

  expect(render('')).toEqual({ html: '', toc: '' });
  expect(render(' \n\t\n')).toEqual({ html: '', toc: '' });
});

test('renders the same text into the same page, whatever was rendered before', () => {
  const render = createRenderer({ preset: 'izone' });
  const article =
    ':::: code-group\n\n::: code-item a\n\n```html\n<script>var a = 1</script>\n```\n\n:::\n\n::::\n\n[^1]\n\n[^1]: x';
  const first = render(article);
  render('[a]: b\n\n*[x]: y\n\n```js\nvar a;\n```\n\n```css\na { b: c }\n```');

  expect(render(article)).toEqual(first);
  expect(createRenderer({ preset: 'izone' })(article)).toEqual(first);
});

test('gives equal tabs of code different ids', () => {
  const tab = '::: code-item a\n\n    x\n\n:::';
  const { html } = createRenderer({ preset: 'izone' })(`:::: code-group\n\n${tab}\n\n${tab}\n\n::::`);

  const ids = [...html.matchAll(/data-code-id="([0-9a-f]{12})"/g)].map(([, id]) => id);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(2);
});

test.each([
  ['alert', '::: info\n文字\n:::', '<p>::: info\n文字\n:::</p>'],
  ['checklist', '- [ ] a', '<ul>\n<li>[ ] a</li>\n</ul>'],
  ['codehilite', '```js\nvar a;\n```', '<pre><code class="language-js">var a;\n</code></pre>'],
  ['del', '~~a~~', '<p>~~a~~</p>'],
  ['icon', 'icon:home', '<p>icon:home</p>'],
  ['tables', 'a|b\n-|-', '<p>a|b\n-|-</p>'],
  ['abbr', '*[a]: b', '<p>*[a]: b</p>'],
  ['footnotes', 'a[^1]', '<p>a[^1]</p>'],
  ['attr_list', '*a*{: .b }', '<p><em>a</em>{: .b }</p>'],
  ['def_list', 'a\n: b', '<p>a\n: b</p>'],
  ['md_in_html', '<div markdown="1">\n*a*\n</div>', '<div markdown="1">\n*a*\n</div>'],
  ['toc', '# a', '<h1>a</h1>'],
])('leaves %s alone where the blog switches it off', (name, markdown, html) => {
  const render = createRenderer({ preset: 'izone', extensions: { [name]: false } });

  expect(render(markdown).html).toBe(html);
});

test('refuses an extension that does not exist, and names those that do', () => {
  expect(() => createRenderer({ preset: 'izone', extensions: { tabels: false } })).toThrow(/"tabels".*tables/);
  expect(markdownExtensionNames).toContain('tables');
});

test('renders any text, and never throws anything but an Error', () => {
  const signs = fc.constantFrom(
    ...'*_`[]()<>&#-+.!|\\~:>{}"\'=\n \t1aé中😀',
    '\n\n',
    '    ',
    '```',
    ':::',
    '<div>',
    '[^1]',
    '\u2028',
  );
  const render = createRenderer({ preset: 'izone' });

  fc.assert(
    fc.property(fc.array(signs, { maxLength: 60 }), (parts) => {
      const { html } = render(parts.join(''));
      // No placeholder may be left behind.
      expect(html).not.toMatch(/wzxhzdk|qq3936677670287331zz/);
    }),
    { numRuns: 500, seed: 3 },
  );
});
