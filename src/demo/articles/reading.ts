import type { DemoArticle } from './article.ts';

/** Posts about books and reading. */
export const readingArticles: readonly DemoArticle[] = [
  {
    slug: 'how-i-read',
    title: '我怎样读书：慢、重复、动手写',
    summary: '读得多不如读得慢。三遍读法和一张卡片。',
    category: 'reading',
    tags: ['读书', '习惯'],
    topic: '读书札记',
    shortTitle: '怎样读书',
    body: `前几年我给自己定「一年五十本」的目标，年底一数，读了五十三本，能说出内容的不到五本。从那以后改成慢慢读。

## 三遍

**第一遍，像散步。** 不做笔记，不查资料，看到喜欢的地方折个角。

**第二遍，像勘测。** 只看折角的地方，问自己：这一段为什么打动我？作者的理由是什么？我同意吗？

**第三遍，像搬家。** 合上书，把还记得的写下来。写不出来的，就是没有读懂的。

## 一张卡片

每本书只写一张卡片，正面三行：

1. 这本书回答了什么问题？
2. 它的答案是什么？
3. 我打算因此做什么不同的事？

背面随便写。一张卡片写不下，多半是没有想清楚。

> 读书不是往桶里倒水，而是点一堆火。火点着了，剩下的木头自己会去找。

## 关于电子书

旅行时电子书很好，但需要来回翻的书我还是买纸的。手指记得那段话在「左边那页的下面」，这种记忆很有用。
`,
  },
  {
    slug: 'notes-on-simple-design',
    title: '读书笔记：简单与容易不是一回事',
    summary: '容易是离手近，简单是不缠在一起。两个词分开以后，许多争论就消失了。',
    category: 'reading',
    tags: ['读书', '架构'],
    topic: '读书札记',
    shortTitle: '简单与容易',
    body: `软件里常说「这样写比较简单」，其实多半是说「这样写我比较熟」。

简单
:   一件东西只做一件事，和别的东西不缠绕。可以客观地检查。

容易
:   离我近：装好了、学过了、复制就能用。因人而异。

## 为什么要分开

- 复制粘贴很**容易**，但两份代码从此缠在一起，不**简单**；
- 纯函数很**简单**，但对没写过的人不**容易**；
- 框架的「五分钟上手」很**容易**，三年后拆不出来，不**简单**。

## 我的检查办法

问三个问题：

1. 能不能单独测试它？
2. 能不能用一句不带「并且」的话说明它？
3. 删掉它，要改几个地方？

第三个问题最灵。答案是「一个」的，就是简单的。

## 反过来想

也不必把「容易」看成坏事。工具离手近，人才会用。最好的状态是先做到简单，再想办法让它容易：*一个清楚的核心，加上一层顺手的外壳*。
`,
  },
  {
    slug: 'rereading-letters',
    title: '重读一本旧书信集',
    summary: '从前的人写信，要等半个月才有回音。等待让字变得有分量。',
    category: 'reading',
    tags: ['读书', '随笔'],
    topic: '读书札记',
    shortTitle: '旧书信',
    body: `搬家时翻出一本旧书信集，纸已经黄了，书脊用胶带粘过两次。原打算翻两页就装箱，结果在地板上坐了一下午。

书里最动人的不是什么大道理，而是细碎的事：今天下了雨，屋后的柿子熟了，托人带去的布收到没有。写信的人知道这些话要走半个月才到，所以每一句都挑过。

我们现在太快了。消息发出去，三秒没有回复就开始猜测对方的心情。快当然好，可是快的代价是，**没有什么话值得挑选**。

于是那天晚上我给一位老朋友写了一封信，真的用笔写的。写到第二页手就酸了，字也丑。寄出去以后第九天，他打电话来，第一句话是：

> 你出什么事了？

我们笑了很久。
`,
  },
  {
    slug: 'books-of-last-year',
    title: '去年读过的书，分成四堆',
    summary: '想再读的、读完可以送人的、没读完的、不该买的。',
    category: 'reading',
    tags: ['读书', '书单'],
    body: `年底整理书架，照例把这一年读的书分成四堆。书名就不写了，免得像广告，只写它们属于哪一类。

| 堆 | 数量 | 共同点 |
| --- | ---: | --- |
| 想再读的 | 4 | 作者把自己放在了书里 |
| 可以送人的 | 7 | 一个好主意，写了三百页 |
| 没读完的 | 6 | 有三本是我的错 |
| 不该买的 | 3 | 都是半夜下单的 |

## 一点统计

- 小说 6 本，技术 8 本，历史 4 本，其他 2 本；
- 纸书 13 本，电子书 7 本；
- 在地铁上读完的：**9 本**。

## 明年的打算

- [ ] 半夜不买书
- [ ] 把「想再读的」真的再读一遍
- [ ] 每个月去一次图书馆 📚
`,
  },
  {
    slug: 'on-writing-things-down',
    title: 'Write It Down',
    summary: 'A short note on why I keep a plain text journal of every change I make to a server.',
    category: 'reading',
    tags: ['English', '读书', '习惯'],
    topic: '读书札记',
    shortTitle: 'Write it down',
    body: `For some years I have kept a file called \`journal.txt\` on every machine I look after. It has no format to speak of:

\`\`\`
2024-11-02  raised nginx worker_connections to 2048, was 768
2024-11-09  removed the old kernel, /boot was full again
2024-12-01  cert renewal failed: port 80 was closed by the new firewall. opened it.
\`\`\`

That is all. And yet it has saved me more hours than any tool I have installed.

Why it works
------------

First, *the act of writing slows me down*. If I cannot say in one line what I am about to do, I should not do it.

Second, when something breaks, the first question is always "what changed?" The journal is the answer, and it is sorted.

Third, it is honest. A commit message is written for others; the journal is written for the person I will be in six months, who has forgotten everything.

Rules
-----

1. One line for each change, with the date.
2. Write the old value too.
3. Write *why*, even if it seems obvious.

There is no fourth rule.
`,
  },
  {
    slug: 'draft-book-notes-template',
    title: '读书卡片模板',
    summary: '还没想好怎么排版，先存着。',
    category: 'reading',
    tags: ['读书', '模板'],
    isDraft: true,
    body: `**书名**：
**作者**：
**读完日期**：

1. 问题：
2. 答案：
3. 行动：

---

摘抄：

> 
`,
  },
];
