import type { DemoArticle } from './article.ts';

/** Posts about the tools of the trade, and one that shows all of the Markdown that the blog knows. */
export const toolsArticles: readonly DemoArticle[] = [
  {
    slug: 'shell-one-liners',
    title: '我的命令行小抄：按用途整理的一百来行',
    summary: '找文件、看日志、算数、打包、网络、进程。平时攒下来的命令，附上为什么这样写。',
    category: 'ops',
    tags: ['Linux', 'Shell', '运维'],
    topic: '系统基础',
    shortTitle: '命令行小抄',
    isTop: true,
    body: `这是一篇会一直更新的小抄。收录的标准只有一条：**我自己在三个月内用过**。

命令默认在 Debian 的 \`bash\` 下可用；macOS 自带的 \`sed\`、\`date\`、\`stat\` 参数不同，请装 GNU 版本。

## 找文件

### 按名字

\`\`\`bash
find . -name '*.log' -mtime +7              # 七天没动过的日志
find . -type f -size +100M -exec ls -lh {} + # 大于 100 MB 的文件
find . -type d -empty -delete               # 删除空目录
\`\`\`

### 按内容

\`\`\`bash
grep -rnI --include='*.py' 'TODO' src/      # -I 跳过二进制
grep -rlZ 'old.example.com' . | xargs -0 sed -i 's/old\\.example\\.com/new.example.com/g'
\`\`\`

\`-Z\` 和 \`-0\` 要成对使用，文件名里有空格也不怕。

### 最近改过的

\`\`\`bash
find . -type f -printf '%T@ %p\\n' | sort -rn | head -20 | cut -d' ' -f2-
\`\`\`

## 看日志

### 访问量前十的地址

\`\`\`bash
awk '{ print $7 }' access.log | sort | uniq -c | sort -rn | head
\`\`\`

### 每小时的请求数

\`\`\`bash
awk -F'[:[]' '{ count[$3]++ } END { for (h in count) print h, count[h] }' access.log | sort
\`\`\`

### 慢请求

假设最后一列是耗时（秒）：

\`\`\`bash
awk '$NF > 1.0 { print $NF, $7 }' access.log | sort -rn | head
\`\`\`

### 跟着看

\`\`\`bash
tail -F app.log | grep --line-buffered -i error
journalctl -u nginx -f -n 50
\`\`\`

\`-F\` 在文件被轮转之后会重新打开，\`-f\` 不会。

## 文本处理

| 想做的事 | 命令 |
| --- | --- |
| 第 10 到 20 行 | \`sed -n '10,20p' file\` |
| 去掉空行 | \`sed '/^\\s*$/d' file\` |
| 去重但不排序 | \`awk '!seen[$0]++' file\` |
| 两个文件的交集 | \`comm -12 <(sort a) <(sort b)\` |
| 列对齐 | \`column -t -s $'\\t' file\` |
| 大写变小写 | \`tr '[:upper:]' '[:lower:]'\` |
| 随机十行 | \`shuf -n 10 file\` |
| 统计字数 | \`wc -m file\` |

### 求和与平均

\`\`\`bash
awk '{ sum += $1 } END { print sum, sum / NR }' numbers.txt
\`\`\`

### 处理 JSON

\`\`\`bash
jq -r '.items[] | [.id, .title] | @tsv' data.json
jq 'group_by(.tag) | map({tag: .[0].tag, count: length})' posts.json
\`\`\`

### 处理 YAML

没有 \`yq\` 的时候，Python 顶上：

\`\`\`bash
python3 -c 'import sys, json, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout, ensure_ascii=False)' < config.yaml
\`\`\`

## 日期

\`\`\`bash
date +%F                        # 2025-03-01
date -d '3 days ago' +%F
date -d @1740787200             # 时间戳 → 时间
date -d '2025-03-01 08:00' +%s  # 时间 → 时间戳
TZ=Asia/Shanghai date           # 换个时区看
\`\`\`

## 打包与传输

\`\`\`bash
tar czf - src | ssh server.example 'tar xzf - -C /srv'   # 不落地
tar --exclude='.git' --exclude='node_modules' -caf backup.tar.zst project/
rsync -avz --partial --progress big.iso server.example:/data/
\`\`\`

### 校验

\`\`\`bash
sha256sum *.iso > SHA256SUMS
sha256sum -c SHA256SUMS
\`\`\`

## 网络

### 谁在监听

\`\`\`bash
ss -lntp
\`\`\`

### 连得上吗

\`\`\`bash
nc -vz -w 3 server.example 443
curl -sS -o /dev/null -w '%{http_code} %{time_total}s\\n' https://example.com/
\`\`\`

### 各阶段耗时

把下面存成 \`timing.txt\`：

\`\`\`text
     dns: %{time_namelookup}\\n
 connect: %{time_connect}\\n
     tls: %{time_appconnect}\\n
    wait: %{time_starttransfer}\\n
   total: %{time_total}\\n
\`\`\`

\`\`\`bash
curl -w '@timing.txt' -o /dev/null -s https://example.com/
\`\`\`

### 本机的公网出口

不要随便相信网上的「查 IP」接口，自己放一个：

\`\`\`nginx
location = /ip {
    default_type text/plain;
    return 200 "$remote_addr\\n";
}
\`\`\`

## 进程

### 谁最吃内存

\`\`\`bash
ps -eo pid,rss,comm --sort=-rss | head
\`\`\`

### 谁在用这个文件

\`\`\`bash
lsof +D /srv/data
fuser -v /dev/sdb1
\`\`\`

### 跑到一半想放后台

1. \`Ctrl-Z\` 暂停；
2. \`bg\` 后台继续；
3. \`disown -h\` 退出也不杀。

当然，从一开始就用 \`tmux\` 更省心。

### 限制资源

\`\`\`bash
nice -n 19 ionice -c3 tar czf backup.tar.gz /srv
systemd-run --scope -p MemoryMax=500M -p CPUQuota=50% ./heavy-job
timeout 10m ./maybe-hangs
\`\`\`

## 循环

### 一行一行地读

\`\`\`bash
while IFS= read -r line; do
  printf '<%s>\\n' "$line"
done < file
\`\`\`

::: warning 别用 \`for line in $(cat file)\`
它按空白切分，还会展开通配符。文件里有一个 \`*\` 就完了。
:::

### 并行

\`\`\`bash
find . -name '*.png' -print0 | xargs -0 -P 4 -n 8 optipng -quiet
\`\`\`

## 历史

\`\`\`bash
!!            # 上一条
sudo !!       # 加上 sudo 再来
!$            # 上一条的最后一个参数
fc            # 用编辑器改上一条再执行
history | awk '{ print $2 }' | sort | uniq -c | sort -rn | head
\`\`\`

最后一行可以看看自己最常用的命令。我的前三名是 \`git\`、\`cd\`、\`ls\`，毫无惊喜。

## 脚本开头

\`\`\`bash
#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "\${BASH_SOURCE[0]}")"
\`\`\`

\`set -e\`
:   出错就停。在 \`if\`、\`||\` 里不生效，别以为万事大吉。

\`set -u\`
:   用到没有定义的变量就报错。

\`pipefail\`
:   管道里任何一个失败都算失败。

## 小结

小抄的价值不在于长，而在于**自己写**。抄一百遍别人的，不如自己整理一遍。
`,
  },
  {
    slug: 'diff-and-patch',
    title: '古老而好用的 diff 与 patch',
    summary: '没有 Git 的地方，一份补丁文件依然可以走遍天下。',
    category: 'backend',
    tags: ['Linux', 'Git', '工具'],
    body: `\`\`\`diff
--- a/config.ini
+++ b/config.ini
@@ -1,4 +1,5 @@
 [server]
-port = 8000
+port = 8080
 host = 127.0.0.1
+workers = 2
 debug = false
\`\`\`

生成与应用：

\`\`\`bash
diff -u config.ini.orig config.ini > port.patch
patch -p0 --dry-run < port.patch
patch -p0 < port.patch
\`\`\`

\`--dry-run\` 是好习惯：**先看看会发生什么，再让它发生**。
`,
  },
  {
    slug: 'markdown-feature-tour',
    title: '本站支持的 Markdown 写法一览',
    summary: '写给自己看的备忘：标题、表格、提示框、代码组、脚注、定义列表、缩写……',
    category: 'frontend',
    tags: ['Markdown', '工具'],
    body: `这篇文章既是备忘，也是测试：如果哪天渲染出了问题，先来看这一页。

## 文字

**粗体**、*斜体*、***又粗又斜***、~~删除线~~、\`行内代码\`、<kbd>Ctrl</kbd> + <kbd>C</kbd>。

行尾两个空格可以换行，  
像这样。

HTML 和 CSS 是缩写，把鼠标放上去看看。

*[HTML]: HyperText Markup Language
*[CSS]: Cascading Style Sheets

## 标题

### 小标题

内容。

### 小标题

同名的小标题，锚点会自动加上序号。

#### 再小一点

##### 很小了

## 列表

- 第一层
    - 第二层
        - 第三层
    - 又一个第二层
- 回到第一层

1. 有序
2. 列表
    1. 嵌套
    2. 嵌套

- [x] 做完的
- [ ] 没做的

## 提示框

::: primary 主要
\`primary\` 的样子。
:::

::: secondary 次要
\`secondary\` 的样子。
:::

::: success 成功
\`success\` 的样子。
:::

::: danger 危险
\`danger\` 的样子，里面可以有**粗体**和[链接](https://example.com/)。
:::

::: warning 注意
- 也可以有列表
- 两项
:::

::: info 信息
\`info\` 的样子。
:::

## 代码组

:::: code-group
::: code-item npm
\`\`\`bash
npm install example
\`\`\`
:::
::: code-item pnpm
\`\`\`bash
pnpm add example
\`\`\`
:::
::: code-item yarn
\`\`\`bash
yarn add example
\`\`\`
:::
::::

## 表格

| 左对齐 | 居中 | 右对齐 |
| :--- | :---: | ---: |
| a | b | 1 |
| \`x | y\` | 竖线 | 22 |
| 长一点的内容 | **粗** | 333 |

## 引用

> 外层
>
> > 内层
>
> 回到外层

## 脚注

脚注一[^1]，脚注二[^note]，再引用一次脚注一[^1]。

[^1]: 第一个脚注。
[^note]: 第二个脚注，可以有**格式**，

    也可以有第二段。

## 定义列表

苹果
:   一种水果。
:   也是一家公司。

香蕉
:   弯的。

## 属性

这一段有一个类。
{: .text-muted }

[按钮样式的链接](https://example.com/){: .btn .btn-primary }

### 自定义锚点 {: #custom-anchor }

可以链接到[上面](#custom-anchor)。

## 图标与表情

icon:star 收藏、icon:heart 喜欢、icon:github 代码。🎉 👍 🚀

## HTML

<div class="card">
  <p>这是一块原样保留的 <em>HTML</em>。</p>
</div>

<details markdown="1">
<summary>点开看看</summary>

里面的 **Markdown** 也会被渲染。

</details>

## 花括号

行内代码里的 \`{{ title }}\` 和 \`{% if user %}\` 应该原样显示。

## 图片

![站内图片](/cdn/demo/sample.png)

![外站图片](https://img.example.com/demo/sample.jpg "带标题的图片")

## 分隔线

---

没有语言的代码块：

\`\`\`
just text
    indented
\`\`\`

缩进的代码块：

    four spaces

结束。
`,
  },
  {
    slug: 'git-recover-lost-commit',
    title: 'Git 后悔药：找回丢失的提交',
    summary: 'reset 过头、分支删早了、rebase 弄乱了——只要提交过，就还在。',
    category: 'backend',
    tags: ['Git', '工具'],
    body: `别慌。只要 \`commit\` 过，对象就还在仓库里，至少还能活三十天。

## reflog

\`\`\`bash
$ git reflog
3f2a9c1 HEAD@{0}: reset: moving to HEAD~3
a81d7e4 HEAD@{1}: commit: 加上导出功能
77b0c52 HEAD@{2}: commit: 修正时区
\`\`\`

想回到 reset 之前：

\`\`\`bash
git reset --hard 'HEAD@{1}'
\`\`\`

## 分支删早了

\`\`\`bash
git branch feature a81d7e4
\`\`\`

## 连 reflog 都没有

\`\`\`bash
git fsck --lost-found | awk '/dangling commit/ { print $3 }' | xargs -n1 git log -1 --oneline
\`\`\`

## 没有提交过呢？

- \`git add\` 过：\`git fsck --lost-found\` 里的 \`dangling blob\` 还有希望；
- 没有 \`add\` 过：看看编辑器的本地历史；
- 都没有：~~人生总有遗憾~~ 下次勤提交。
`,
  },
  {
    slug: 'regex-lookaround',
    title: '正则的环视，三分钟',
    summary: '千分位、密码强度、不以某词开头。',
    category: 'frontend',
    tags: ['正则', '工具'],
    body: `| 写法 | 读作 |
| --- | --- |
| \`(?=x)\` | 后面是 x |
| \`(?!x)\` | 后面不是 x |
| \`(?<=x)\` | 前面是 x |
| \`(?<!x)\` | 前面不是 x |

\`\`\`js
'1234567'.replace(/(?<=\\d)(?=(\\d{3})+$)/g, ','); // 1,234,567
/^(?!draft-).+\\.md$/.test('draft-a.md');         // false
\`\`\`

环视只看不吃，所以匹配到的是**位置**，不是字符。
`,
  },
  {
    slug: 'naming-is-hard',
    title: 'On Naming Things',
    summary: 'Names are the cheapest documentation there is, and the only kind that is never out of date by accident.',
    category: 'backend',
    tags: ['English', '随笔'],
    body: `There is an old joke that only two things are hard in computing. I want to talk about the one that is not cache invalidation.

## A good name answers a question

When I read \`timeout\`, I ask: *in what unit?* When I read \`timeoutSeconds\`, I ask nothing and move on. That is the test: **a good name removes a question**.

| Before | After | The question removed |
| --- | --- | --- |
| \`size\` | \`sizeBytes\` | of what unit? |
| \`flag\` | \`isPublished\` | which flag? |
| \`data\` | \`unreadComments\` | what data? |
| \`process()\` | \`renderArticle()\` | do what? |

## A bad name is a design problem

If I can't name a function, I usually don't understand it yet. Either it does two things, in which case I split it, or it does a thing that belongs elsewhere, in which case I move it. The name then comes by itself.

\`\`\`ts
// What does this do? Everything, apparently.
function handle(input: string): void {}

// Two functions that explain themselves.
function parseDuration(text: string): number { /* … */ return 0; }
function formatDuration(seconds: number): string { /* … */ return ''; }
\`\`\`

## Rename early

A name is cheapest to change on the day it is written. After a year it has spread into logs, dashboards, and people's heads. So when a name feels wrong, I stop and fix it, even if that means touching twenty files.

- Rename in a commit of its own.
- Do not "improve" anything else in it.
- Mention the old name in the message, so that it can be found.

That's all. I have been wrong about many things, but never about a rename.
`,
  },
];
