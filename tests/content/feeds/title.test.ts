import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { firstWords, safeTitle } from '../../../src/content/feeds/title.ts';

test.each([
  ['第一篇 & more', '第一篇 & more'],
  ['第二篇 <b>粗体</b>', '第二篇 <b>粗体</b>'],
  ['a < b && c > d', 'a < b && c > d'],
  ['I <3 R&D, 1<2', 'I <3 R&D, 1<2'],
  ['Tom &amp; Jerry &lt;b&gt; &#x27;x&#39;', 'Tom &amp; Jerry &lt;b&gt; &#x27;x&#39;'],
  ['理解 <script setup> 语法', '理解 &lt;script setup> 语法'],
  ['Map<String, List<T>> 的用法', 'Map&lt;String, List&lt;T>> 的用法'],
  ['<p class="x">一</p><p>二</p>', '一 二'],
  ['<font color=red><B>红</B></font>', '<b>红</b>'],
  ['一<br>二<br/>三', '一 二 三'],
  ['<b>没有结束', '&lt;b>没有结束'],
  ['<b><i>交叉</b></i>', '<b>&lt;i>交叉</b>&lt;/i>'],
  ['多\n\t  余 \u00a0 的空白', '多 余 的空白'],
  ['a\u0000b\u0007c\u009bd\u202ee\u2066f', 'a b c d e f'],
  ['<![CDATA[又一层]]>', '又一层'],
  ['<!-- 注释 -->正文', '正文'],
  ['半个\ud83d字', '半个\ufffd字'],
  ['😀', '😀'],
  ['<b> </b>&nbsp;', ''],
])('the title %j keeps its look as %j', (source, title) => {
  expect(safeTitle(source)).toBe(title);
});

const attacks = [
  '<script>alert(1)</script>x',
  '<ScRiPt src=//evil.example></sCrIpT >x',
  '<<img src=1>script>alert(1)</script>x',
  '<scr<script>ipt>alert(1)</scr</script>ipt>x',
  '<scr<!-- -->ipt>alert(1)</script>x',
  '<img src=x onerror=alert(1)>',
  '<img src=x onerror=alert(1)',
  '<img src="x" onerror="alert(1)"//',
  '<svg/onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext></p><img src onerror=alert(1)>',
  '<b onmouseover=alert(1)>x</b>',
  '<b x=a"><img src=x onerror=alert(1)>">x</b>',
  `<b x='"'><img src=x onerror=alert(1)>'>x</b>`,
  '<a href="javascript:alert(1)">x</a>',
  '<a href="jav&#x09;ascript:alert(1)">x</a>',
  '<iframe src="javascript:alert(1)"></iframe>x',
  '<iframe srcdoc="<script>alert(1)</script>">x',
  '<object data="data:text/html,x"></object>x',
  '<style>*{background:url(javascript:x)}</style>x',
  '<b style="background:url(x)">x</b>',
  '<form action="javascript:alert(1)"><input type=submit></form>x',
  '<title><img src=x onerror=alert(1)></title>x',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">x',
  '<textarea><img src=x onerror=alert(1)></textarea>x',
  '<template><img src=x onerror=alert(1)></template>x',
  '<!--><img src=x onerror=alert(1)>-->x',
  '<!--x--!><img src=x onerror=alert(1)>-->x',
  '<?xml:namespace prefix="t"><img src=x onerror=alert(1)>x',
  '<!DOCTYPE x [<!ENTITY a "<img src=x onerror=alert(1)>">]>x',
  '<\u0000script>alert(1)</script>x',
  '<b\u0000 onclick=alert(1)>x</b\u0000>',
  '<b/onclick=alert(1)/>x</b>',
  '</title><script>alert(1)</script>x',
  ']]><script>alert(1)</script>x',
  '<![CDATA[<script>alert(1)</script>]]>x',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">x',
  '<base href="javascript://">x',
  '<link rel=stylesheet href=//evil.example>x',
  '<details open ontoggle=alert(1)>x</details>',
  '<xss:script xmlns:xss="http://www.w3.org/1999/xhtml">alert(1)</xss:script>x',
  `${'<b>'.repeat(1000)}x`,
  `${'a'.repeat(299)}<script>alert(1)</script>`,
  `${'a'.repeat(4998)}<script>alert(1)</script>`,
];

test.each(attacks)('nothing of %j can run, whatever a page has around it', (source) => {
  const title = safeTitle(source);

  // As the page's own markup may follow or precede it, the title must end what it begins.
  for (const around of [title, `<td>${title}</td><p class="x">after</p>`, `<li><a href="/x">${title}</a> b>`]) {
    const page = load(around, null, false);
    const own = around === title ? [] : ['td', 'p', 'li', 'a'];
    const elements = page('*').toArray();
    const tags = elements.map((element) => page(element).prop('tagName')?.toLowerCase() ?? '');
    expect(tags.filter((tag) => !own.includes(tag) && !/^(b|i|em|strong|code)$/.test(tag))).toEqual([]);
    const attributes = elements.flatMap((element) => Object.keys(page(element).attr() ?? {}));
    expect(attributes.filter((name) => name !== 'href' && name !== 'class')).toEqual([]);
  }
});

test('a title has at most 300 characters, tags and entities not torn', () => {
  const long = safeTitle(`<b>${'字'.repeat(299)}&amp;&lt;${'字'.repeat(50)}</b>`);

  expect(long).toBe(`<b>${'字'.repeat(299)}&amp;…</b>`);
  expect(safeTitle('😀'.repeat(300))).toBe('😀'.repeat(300));
  expect(safeTitle('😀'.repeat(301))).toBe(`${'😀'.repeat(300)}…`);
});

test('an entry without a title gets its first words', () => {
  expect(firstWords('<p>第一段 <b>重点</b></p><ul><li>一</li><li>二</li></ul><script>x</script>', 60)).toBe(
    '第一段 重点 一 二',
  );
  expect(firstWords('一二三四五六', 4)).toBe('一二三四…');
});

test.each([
  ['<p>一二三四五六七', '一二三四五六…'],
  ['正文 <p>第一段<p>第二段', '正文 第一段…'],
  ['<ul><li>one<li>two</ul>', 'one tw…'],
  ['转发<blockquote> - @a', '转发 - @…'],
  ['<figure><img src="x"/></figure><div class="a"><div>前<b>言', '前言'],
  ['正文<img src="data:image/png;base64,AAAA', '正文'],
  ['<script>var a = "xxx', ''],
  ['前<style>p { color: red }', '前'],
  ['1 < 2, 后</p>', '1 < 2,…'],
])(
  'first words of %j have none of its markup, though a text that was cut has tags without a partner',
  (text, words) => {
    expect(firstWords(text, 6)).toBe(words);
  },
);
