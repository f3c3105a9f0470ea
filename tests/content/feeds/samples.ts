/** What a document of the folder `documents` is to give. Its address is https://blog.example/feed.xml. */
export interface FeedSample {
  readonly file: string;
  readonly contentType: string;
  /** Title and link. */
  readonly entries: readonly (readonly [title: string, link: string])[];
  readonly dates: readonly string[];
}

/** Feeds of many makers, kinds and encodings, in their makers' forms and with their mistakes. */
export const samples: readonly FeedSample[] = [
  {
    file: 'wordpress.xml',
    contentType: '',
    entries: [
      ['用 Docker 部署 “博客” – 第 1 篇', 'https://blog.example/archives/101'],
      ['没有链接只有编号', 'https://blog.example/?p=100'],
    ],
    dates: ['Tue, 17 Mar 2026 02:11:09 +0000'],
  },
  {
    file: 'hexo.xml',
    contentType: '',
    entries: [
      ['Vue 3 的 &lt;script setup> 语法', 'https://blog.example/2026/03/12/vue3/'],
      ['C++ 里的 a < b && c', 'https://blog.example/2026/01/01/%E4%B8%AD%E6%96%87/'],
    ],
    dates: ['2026-03-12T08:30:00.000Z'],
  },
  {
    file: 'hugo.xml',
    contentType: '',
    entries: [['Go 泛型：List&lt;T&gt; 与约束', 'https://blog.example/posts/generics/']],
    dates: ['Wed, 18 Mar 2026 09:00:00 +0800'],
  },
  {
    file: 'typecho.xml',
    contentType: '',
    entries: [['三月的雨', 'https://blog.example/archives/rain.html']],
    dates: ['Sun, 15 Mar 2026 21:03:00 +0800'],
  },
  {
    file: 'ghost.xml',
    contentType: '',
    entries: [['Tom & Jerry 的 <em>故事</em>', 'https://blog.example/tom/']],
    dates: ['Wed, 18 Mar 2026 05:59:59 GMT'],
  },
  {
    file: 'halo.xml',
    contentType: '',
    entries: [['Hello Halo', 'https://blog.example/archives/hello-halo']],
    dates: ['2026-03-18 09:00:00'],
  },
  {
    // Its own date is that of the channel's beginning.
    file: 'youtube.xml',
    contentType: 'text/xml; charset=UTF-8',
    entries: [['第 1 期：C & C++', 'https://www.youtube.com/watch?v=abcdefghijk']],
    dates: [],
  },
  {
    file: 'discuz-gbk.xml',
    contentType: 'application/xml',
    entries: [['求助：编码问题&乱码', 'https://blog.example/forum.php?mod=viewthread&tid=7']],
    dates: ['Wed, 18 Mar 2026 01:00:00 +0000'],
  },
  {
    file: 'feedburner.xml',
    contentType: '',
    entries: [['One', 'http://feeds.example/~r/burned/~3/abc/']],
    dates: ['Mon, 16 Mar 2026 12:00:00 PDT'],
  },
  {
    file: 'podcast.xml',
    contentType: '',
    entries: [
      ['第 1 期', 'https://cdn.example/1.mp3'],
      ['第 0 期', 'https://blog.example/0'],
    ],
    dates: [],
  },
  {
    file: 'github-releases.xml',
    contentType: '',
    entries: [['v1.2.0', 'https://github.com/o/r/releases/tag/v1.2.0']],
    dates: ['2026-03-10T07:00:01Z'],
  },
  {
    file: 'json-feed-1.json',
    contentType: 'application/feed+json',
    entries: [
      ['一 & 二', 'https://blog.example/j1'],
      ['没有标题的 短文', 'https://blog.example/j2'],
    ],
    dates: [],
  },
  {
    file: 'json-feed-1.1.json',
    contentType: 'application/json; charset=gbk',
    entries: [
      ['中😀', 'https://blog.example/rel'],
      ['text only', 'https://other.example/x'],
    ],
    dates: [],
  },
  {
    file: 'rss-0.91.xml',
    contentType: '',
    entries: [
      ['First', 'https://blog.example/1'],
      ['Second ©', 'https://blog.example/2'],
    ],
    dates: ['18 Mar 26 09:00 EST'],
  },
  { file: 'rss-0.90.rdf', contentType: '', entries: [['a', 'https://blog.example/a']], dates: [] },
  {
    file: 'rss-1.0.rdf',
    contentType: '',
    entries: [
      ['条目', 'https://blog.example/r1'],
      ['另一个', 'https://blog.example/r2'],
    ],
    dates: ['2026-03-17T22:30:00+08:00'],
  },
  {
    file: 'atom-0.3.xml',
    contentType: '',
    entries: [['x &amp; y', 'https://blog.example/a3']],
    dates: ['2026-03-01T00:00:00Z'],
  },
  {
    file: 'atom-prefixed.xml',
    contentType: '',
    entries: [['pre', 'https://blog.example/p']],
    dates: ['2026-03-02T00:00:00Z'],
  },
  {
    file: 'atom-xhtml-base.xml',
    contentType: '',
    entries: [
      ['1 &lt; 2 <em>是的</em>', 'https://other.example/dir/sub/one'],
      ['html', 'https://other.example/dir/two'],
    ],
    dates: ['2026-03-03T00:00:00Z'],
  },
  { file: 'no-namespace.xml', contentType: '', entries: [['bare', 'https://blog.example/b']], dates: ['2026-03-04'] },
  { file: 'misspelt-namespace.xml', contentType: '', entries: [['close', 'https://blog.example/c']], dates: [] },
  { file: 'junk-before.xml', contentType: '', entries: [['after the warning', 'https://blog.example/w']], dates: [] },
  {
    file: 'bare-ampersands.xml',
    contentType: '',
    entries: [['R&D at AT&T — 5<6 & 7 < 8 &unknown; &', 'https://blog.example/?a=1&b=2&copy=3']],
    dates: [],
  },
  {
    file: 'bare-markup.xml',
    contentType: '',
    entries: [
      ['Use <b>bold</b> and &lt;div> here', 'https://blog.example/m'],
      ['next', 'https://blog.example/n'],
    ],
    dates: [],
  },
  {
    file: 'control-characters.xml',
    contentType: '',
    entries: [['a b c [31m中 d e', 'https://blog.example/k']],
    dates: [],
  },
  {
    file: 'unended-items.xml',
    contentType: '',
    entries: [
      ['one', 'https://blog.example/1'],
      ['two', 'https://blog.example/2'],
    ],
    dates: [],
  },
  { file: 'forgotten-root-end.xml', contentType: '', entries: [['one', 'https://blog.example/1']], dates: [] },
  {
    file: 'links-of-all-kinds.xml',
    contentType: '',
    entries: [
      ['script with a number', 'https://blog.example/g'],
      ['relative', 'https://blog.example/posts/1?a=b#c'],
      ['no protocol', 'https://cdn.example/x'],
      ['quotes', 'https://blog.example/%22onmouseover=%27x%27'],
      ['in a section', 'https://blog.example/s'],
    ],
    dates: [],
  },
  {
    file: 'no-titles.xml',
    contentType: '',
    entries: [
      ['第一段 第二段', 'https://blog.example/1'],
      ['https://blog.example/2', 'https://blog.example/2'],
    ],
    dates: [],
  },
  { file: 'utf-16le-bom.xml', contentType: '', entries: [['中文标题', 'https://blog.example/e']], dates: [] },
  { file: 'utf-16be-bom.xml', contentType: '', entries: [['中文标题', 'https://blog.example/e']], dates: [] },
  { file: 'utf-16le.xml', contentType: '', entries: [['中文标题', 'https://blog.example/e']], dates: [] },
  { file: 'utf-8-bom.xml', contentType: '', entries: [['中文标题', 'https://blog.example/e']], dates: [] },
  { file: 'gb18030.xml', contentType: '', entries: [['汉字𠀀与€', 'https://blog.example/e']], dates: [] },
  { file: 'gb2312-with-more.xml', contentType: '', entries: [['朱镕基的鎔', 'https://blog.example/e']], dates: [] },
  { file: 'big5.xml', contentType: '', entries: [['繁體中文標題', 'https://blog.example/e']], dates: [] },
  { file: 'shift-jis.xml', contentType: '', entries: [['日本語のタイトル', 'https://blog.example/e']], dates: [] },
  { file: 'euc-jp.xml', contentType: '', entries: [['日本語のタイトル', 'https://blog.example/e']], dates: [] },
  {
    file: 'euc-kr.xml',
    contentType: 'text/xml; charset=euc-kr',
    entries: [['한국어 제목', 'https://blog.example/e']],
    dates: [],
  },
  { file: 'windows-1251.xml', contentType: '', entries: [['Русский заголовок', 'https://blog.example/e']], dates: [] },
  { file: 'iso-8859-1.xml', contentType: '', entries: [['Crème brûlée', 'https://blog.example/e']], dates: [] },
  {
    file: 'windows-1252-euro.xml',
    contentType: '',
    entries: [['Nur 5 € – “so”', 'https://blog.example/e']],
    dates: [],
  },
  {
    file: 'declared-utf-8-is-gbk.xml',
    contentType: 'text/xml; charset=utf-8',
    entries: [['声明是假的标题', 'https://blog.example/e']],
    dates: [],
  },
  {
    file: 'declared-gbk-is-utf-8.xml',
    contentType: '',
    entries: [['声明是假的标题', 'https://blog.example/e']],
    dates: [],
  },
  {
    file: 'served-latin1-is-gbk.xml',
    contentType: 'text/xml; charset=ISO-8859-1',
    entries: [['服务器的默认值', 'https://blog.example/e']],
    dates: [],
  },
  {
    file: 'served-utf-8-is-big5.xml',
    contentType: 'text/xml; charset=utf-8',
    entries: [['伺服器說錯了', 'https://blog.example/e']],
    dates: [],
  },
  { file: 'undeclared-gbk.xml', contentType: '', entries: [['没有声明的标题', 'https://blog.example/e']], dates: [] },
  { file: 'cut-character.xml', contentType: '', entries: [['一个标题', 'https://blog.example/e']], dates: [] },
];
