import { expect, test } from 'vitest';
import { createRenderer } from '../../../src/content/markdown/render.ts';

const render = createRenderer({ preset: 'commonmark' });

test('gives headings ids and a table of contents', () => {
  const { html, toc } = render('# 标题\n\n## 二 `code`\n\n## 二 `code`\n');

  expect(html).toContain('<h1 id="标题">标题</h1>');
  expect(html).toContain('<h2 id="二-code_1">');
  expect(toc.replace(/\n/g, '')).toBe(
    '<div class="toc"><ul><li><a href="#标题">标题</a><ul><li><a href="#二-code">二 code</a></li>' +
      '<li><a href="#二-code_1">二 code</a></li></ul></li></ul></div>',
  );
});

test('colours code that names a language', () => {
  const { html } = render('```python\nx = 1\n```');

  expect(html).toContain(
    '<div class="codehilite"><pre><span></span><code class="language-python"><span class="n">x</span>',
  );
});

test('reads lists as CommonMark does', () => {
  expect(render('文字\n- a\n  - b').html).toContain('<ul>\n<li>a\n<ul>\n<li>b</li>');
});

test('knows the signs of the blog', () => {
  const { html } = render('- [x] a\n\n~~b~~ icon:home\n\n::: warning 注意\n文字\n:::\n');

  expect(html).toContain('<ul class="checklist">\n<li><input type="checkbox" disabled checked> a</li>');
  expect(html).toContain('<del>b</del> <i class="fa fa-home"></i>');
  expect(html).toContain(
    '<div class="alert alert-warning" role="alert">\n<p><strong><i class="fa fa-warning mr-1"></i>',
  );
});

test('leaves out what the blog switches off', () => {
  const plain = createRenderer({ preset: 'commonmark', extensions: { toc: false, del: false, codehilite: false } });

  expect(plain('# a\n\n~~b~~\n\n```js\nc\n```')).toEqual({
    html: '<h1>a</h1>\n<p>~~b~~</p>\n<pre><code class="language-js">c\n</code></pre>',
    toc: '',
  });
});
