import type { DemoArticle } from './article.ts';

/** Posts about the browser. */
export const frontendArticles: readonly DemoArticle[] = [
  {
    slug: 'css-grid-in-practice',
    title: 'CSS Grid：三个布局学会八成',
    summary: '圣杯、卡片墙、文章页。会这三个布局，日常就够用了。',
    category: 'frontend',
    tags: ['CSS', '前端'],
    topic: '样式',
    shortTitle: 'Grid 布局',
    body: `学 Grid 最大的障碍是属性太多。其实日常只用得到其中一小撮，下面用三个布局把它们串起来。

## 圣杯布局

\`\`\`css
.page {
  display: grid;
  grid-template:
    'header header' auto
    'nav    main'   1fr
    'footer footer' auto / 14rem 1fr;
  min-height: 100vh;
}

.page > header { grid-area: header; }
.page > nav    { grid-area: nav; }
.page > main   { grid-area: main; }
.page > footer { grid-area: footer; }
\`\`\`

\`grid-template\` 把行、列、区域写在一起，像画画一样，一眼看得出版面。

### 手机上变成一列

\`\`\`css
@media (max-width: 40rem) {
  .page {
    grid-template: 'header' auto 'main' 1fr 'nav' auto 'footer' auto / 1fr;
  }
}
\`\`\`

## 卡片墙

\`\`\`css
.cards {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr));
  gap: 1rem;
}
\`\`\`

这一行是我最喜欢的 CSS：不用一个媒体查询，卡片自己决定一行放几张。\`min(16rem, 100%)\` 保证在很窄的屏幕上不会溢出。

## 文章页

正文窄一点好读，图片和代码却希望宽一点：

\`\`\`css
article {
  display: grid;
  grid-template-columns:
    [full-start] minmax(1rem, 1fr)
    [text-start] minmax(0, 42rem) [text-end]
    minmax(1rem, 1fr) [full-end];
}

article > *       { grid-column: text; }
article > figure,
article > pre     { grid-column: full; }
\`\`\`

命名的网格线 \`text-start\`、\`text-end\` 会自动生成一个叫 \`text\` 的区域，这个小魔法知道的人不多。

## 小结

| 布局 | 关键属性 |
| --- | --- |
| 圣杯 | \`grid-template\` + \`grid-area\` |
| 卡片墙 | \`repeat(auto-fill, minmax(…))\` |
| 文章页 | 命名网格线 |

![三种布局示意](https://img.example.com/demo/grid-three.png){: .rounded width="600" }
`,
  },
  {
    slug: 'dark-mode-with-variables',
    title: '用 CSS 变量做深色模式',
    summary: '跟随系统、手动切换、不闪白屏，三件事一起做好。',
    category: 'frontend',
    tags: ['CSS', '前端'],
    topic: '样式',
    shortTitle: '深色模式',
    body: `## 第一步：颜色都用变量

\`\`\`css
:root {
  color-scheme: light dark;
  --bg: #ffffff;
  --fg: #1f2328;
  --accent: #0969da;
}

@media (prefers-color-scheme: dark) {
  :root:not([data-theme='light']) {
    --bg: #0d1117;
    --fg: #e6edf3;
    --accent: #58a6ff;
  }
}

:root[data-theme='dark'] {
  --bg: #0d1117;
  --fg: #e6edf3;
  --accent: #58a6ff;
}
\`\`\`

## 第二步：手动切换

\`\`\`html
<button id="theme" type="button" aria-label="切换主题">🌓</button>
\`\`\`

\`\`\`js
const root = document.documentElement;
document.querySelector('#theme').addEventListener('click', () => {
  const next = root.dataset.theme === 'dark' ? 'light' : 'dark';
  root.dataset.theme = next;
  localStorage.setItem('theme', next);
});
\`\`\`

## 第三步：不要闪

如果等页面加载完再设置主题，深色用户会先看到一片白。把下面这段放进 \`<head>\`，而且**不要**加 \`defer\`：

\`\`\`html
<script>
  const saved = localStorage.getItem('theme');
  if (saved) document.documentElement.dataset.theme = saved;
</script>
\`\`\`

## 别忘了图片

\`\`\`css
:root[data-theme='dark'] img:not([src$='.svg']) {
  filter: brightness(0.85);
}
\`\`\`

## 别忘了图标

图标字体跟着文字颜色走，不用特别处理，比如 icon:moon-o 和 icon:sun-o 。
`,
  },
  {
    slug: 'typography-for-chinese',
    title: '中文网页排版的十个细节',
    summary: '行高、标点、中西文间距、字体回退。好的排版是感觉不到的。',
    category: 'frontend',
    tags: ['CSS', '前端', '排版'],
    topic: '样式',
    shortTitle: '中文排版',
    body: `读者不会因为排版好而夸你，但会因为排版差而离开。下面是我这些年攒下来的十个细节。

1. **行高** 比西文大一些，\`1.7\` 到 \`1.8\` 比较舒服。
2. **一行的字数** 控制在 35 到 42 个汉字。
3. **段间距** 而不是首行缩进：屏幕上前者更好扫读。
4. **字体回退** 先写西文再写中文，否则英文会用上中文字体里难看的字母。

    \`\`\`css
    body {
      font-family: Inter, 'Helvetica Neue', 'PingFang SC', 'Noto Sans SC', 'Microsoft YaHei', sans-serif;
      line-height: 1.75;
    }
    \`\`\`

5. **中西文之间留空**：「共有 3 个文件」，而不是「共有3个文件」。新的浏览器可以交给 \`text-autospace\`。
6. **全角标点** 用在中文里，半角用在西文和代码里。
7. **避免行首标点**：\`line-break: strict\`。
8. **强调用粗体或颜色**，不要用斜体——汉字的斜体是算法硬掰的。
9. **链接下划线** 离文字远一点：\`text-underline-offset: 0.2em\`。
10. **代码用等宽**，并且比正文小一点点。

## 标点挤压

两个全角标点相邻时，比如「他说：『好。』」，会显得很空。支持的浏览器里可以：

\`\`\`css
p { text-spacing-trim: trim-start; }
\`\`\`

## 关于引号

横排简体用 “ ” 和 ‘ ’ ，我个人在技术文章里偏爱「」和『』，因为它们不会和代码里的引号混淆。这是**偏好**，不是规范。

> 排版的目的是让读者忘记排版。
`,
  },
  {
    slug: 'typescript-narrowing',
    title: 'TypeScript 的收窄：让编译器替你想',
    summary: '可辨识联合、类型谓词、穷尽检查，一个例子讲完。',
    category: 'frontend',
    tags: ['TypeScript', '前端'],
    topic: '脚本与类型',
    shortTitle: '类型收窄',
    body: `刚写 TypeScript 的时候，我最常用的是 \`as\`；现在几乎不用了。区别在于学会了**收窄**。

## 一个例子

请求的结果有三种：

\`\`\`ts
type Result<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'empty' }
  | { kind: 'failed'; error: Error };
\`\`\`

\`kind\` 是所谓的「可辨识」字段。只要检查它，编译器就知道剩下的字段有哪些：

\`\`\`ts
function describe(result: Result<string[]>): string {
  switch (result.kind) {
    case 'ok':
      return \`共 \${result.value.length} 条\`;
    case 'empty':
      return '没有数据';
    case 'failed':
      return \`出错了：\${result.error.message}\`;
  }
}
\`\`\`

## 穷尽检查

哪天加了第四种 \`kind: 'stale'\`，上面的函数会因为「不是所有路径都有返回值」而报错——前提是写明了返回类型。如果没有返回值，就加一个：

\`\`\`ts
function assertNever(value: never): never {
  throw new Error(\`没有处理的情况：\${JSON.stringify(value)}\`);
}
\`\`\`

## 类型谓词

外面来的数据是 \`unknown\`，先检查再使用：

\`\`\`ts
interface Post {
  id: number;
  title: string;
}

function isPost(value: unknown): value is Post {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value && typeof value.id === 'number' &&
    'title' in value && typeof value.title === 'string'
  );
}
\`\`\`

::: warning 谓词是你的承诺
编译器不会检查谓词里写得对不对。写错了，类型就成了谎言。
:::

## 数组下标

打开 \`noUncheckedIndexedAccess\` 之后，\`list[0]\` 的类型是 \`T | undefined\`。一开始很烦，但它帮我抓到过两个真实的 bug。

## 总结

| 场景 | 用什么 |
| --- | --- |
| 自己的几种状态 | 可辨识联合 |
| 外来数据 | 类型谓词，或者 zod 之类的库 |
| 可能不存在 | 先判断，别用 \`!\` |
| 实在没办法 | \`as\`，并写注释说明为什么 |
`,
  },
  {
    slug: 'fetch-with-timeout',
    title: '给 fetch 加上超时和取消',
    summary: 'AbortSignal.timeout 一行搞定，组合取消也只要两行。',
    category: 'frontend',
    tags: ['JavaScript', '前端'],
    topic: '脚本与类型',
    shortTitle: 'fetch 超时',
    body: `\`fetch\` 本身没有超时参数。以前要自己写 \`Promise.race\`，现在不用了：

\`\`\`js
const response = await fetch('/api/posts', { signal: AbortSignal.timeout(5000) });
\`\`\`

## 超时 + 手动取消

用户离开页面时也要取消：

\`\`\`js
const controller = new AbortController();
const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(5000)]);

try {
  const response = await fetch('/api/posts', { signal });
  if (!response.ok) throw new Error(\`HTTP \${response.status}\`);
  render(await response.json());
} catch (error) {
  if (error.name === 'TimeoutError') showMessage('服务器太慢了，请稍后再试');
  else if (error.name !== 'AbortError') throw error;
}
\`\`\`

## 两个容易忘的地方

- \`fetch\` 在 404、500 时**不会**抛错，要自己看 \`response.ok\`；
- 超时包括**读取正文**的时间，大文件要给长一点。
`,
  },
  {
    slug: 'event-loop-picture',
    title: '一张图看懂事件循环（用文字画的）',
    summary: '宏任务、微任务、渲染。用一个超市收银台的比喻。',
    category: 'frontend',
    tags: ['JavaScript', 'Node.js'],
    topic: '脚本与类型',
    shortTitle: '事件循环',
    body: `先看代码，猜一猜输出：

\`\`\`js
console.log('1');
setTimeout(() => console.log('2'), 0);
Promise.resolve().then(() => console.log('3'));
queueMicrotask(() => console.log('4'));
console.log('5');
\`\`\`

答案是 \`1 5 3 4 2\`。

## 收银台的比喻

把主线程想成一个收银员：

- **同步代码**是正在结账的顾客，谁也不能打断；
- **微任务**是这位顾客忽然想起的「对了，还要一个袋子」，必须在下一位之前办完；
- **宏任务**是排在后面的顾客；
- **渲染**是收银员抽空擦一下桌子。

\`\`\`
┌──────────┐   ┌──────────────┐   ┌────────┐
│ 一个宏任务 │ → │ 清空所有微任务 │ → │ 也许渲染 │ → 回到开头
└──────────┘   └──────────────┘   └────────┘
\`\`\`

所以，如果「要一个袋子」没完没了，后面的人就永远轮不到：

\`\`\`js
function forever() {
  queueMicrotask(forever); // 页面卡死
}
\`\`\`

换成 \`setTimeout(forever, 0)\` 就不会卡死，因为每一轮都给别人留了机会。

## Node.js 的不同

Node.js 没有渲染，多了 \`process.nextTick\`（比 Promise 的微任务还早）和 \`setImmediate\`。写业务代码时，几乎不需要关心这些差别。
`,
  },
  {
    slug: 'vue-mustache-escape',
    title: '在 Vue 驱动的文档站里写花括号',
    summary: '行内代码里的花括号为什么会消失，以及三种逃脱办法。',
    category: 'frontend',
    tags: ['Vue', '前端'],
    body: `用基于 Vue 的文档工具写文章，正文里的双花括号会被当作模板表达式。比如想介绍模板语法，写 \`{{ message }}\`，有的工具在行内代码里也会把它吃掉。

三种办法：

1. 放进代码块，大多数工具会自动加 \`v-pre\`；

    \`\`\`html
    <p>{{ message }}</p>
    \`\`\`

2. 给行内代码加 \`v-pre\`：\`<code v-pre>{{ user.name }}</code>\`；
3. 用实体：\`&#123;&#123;\`。

另外 \`{{ 1 + 1 }}\` 这种看起来无害的写法，会被渲染成 2，读者一头雾水 🤔。
`,
  },
  {
    slug: 'accessible-forms',
    title: 'A Checklist for Accessible Forms',
    summary: 'Ten small habits that make a form usable by everyone, with no framework involved.',
    category: 'frontend',
    tags: ['HTML', '前端', 'English'],
    body: `Most accessibility problems in forms come from a handful of omissions. This is the list I go through before I ship one.

## Labels

- [x] Every field has a \`<label for="…">\`.
- [x] The placeholder is **not** the label.
- [x] Groups of radio buttons live in a \`<fieldset>\` with a \`<legend>\`.

\`\`\`html
<form action="/comment" method="post">
  <label for="email">E-mail</label>
  <input id="email" name="email" type="email" autocomplete="email" required
         aria-describedby="email-hint">
  <p id="email-hint">It will not be published.</p>
  <button type="submit">Send</button>
</form>
\`\`\`

## Errors

An error message must say *what* is wrong and *how* to fix it. Colour alone is not enough.

\`\`\`html
<p id="email-error" role="alert">Enter an address such as name@example.com.</p>
\`\`\`

Then point to it from the field with \`aria-describedby="email-error"\` and set \`aria-invalid="true"\`.

## Keyboard

- [x] Everything can be reached with <kbd>Tab</kbd>.
- [x] The focus ring is visible.
- [ ] Nothing traps the focus (check the date picker again!).

## Colour and size

| Thing | Minimum |
| --- | ---: |
| Contrast of text | 4.5 : 1 |
| Contrast of borders | 3 : 1 |
| Target size | 24 × 24 px |

## Closing thought

> Accessibility is not a feature. It is what the word *works* means.
`,
  },
  {
    slug: 'image-lazy-loading',
    title: '图片懒加载，浏览器自己会',
    summary: '别再引入几十 KB 的懒加载库了，两个属性就够。',
    category: 'frontend',
    tags: ['HTML', '前端', '性能'],
    body: `\`\`\`html
<img src="/cdn/demo/lake.webp" width="1200" height="800" loading="lazy" decoding="async" alt="湖边的早晨">
\`\`\`

关键是 \`width\` 和 \`height\`：浏览器据此预留位置，图片加载出来时文字不会跳。

**首屏的大图不要懒加载**，反而要提前：

\`\`\`html
<link rel="preload" as="image" href="/cdn/demo/cover.webp" fetchpriority="high">
\`\`\`

![湖边的早晨](/cdn/demo/lake.webp)
`,
  },
];
