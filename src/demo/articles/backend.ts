import type { DemoArticle } from './article.ts';

/** Posts about programs on the server. */
export const backendArticles: readonly DemoArticle[] = [
  {
    slug: 'python-retry-done-right',
    title: 'Python 重试：别再写 while True 了',
    summary: '什么错该重试、等多久、试几次、最后怎么办——四个问题想清楚，代码自然就短。',
    category: 'backend',
    tags: ['Python'],
    body: `几乎每个和网络打交道的脚本里，都能找到一段类似这样的代码：

\`\`\`python
while True:
    try:
        response = requests.get(url)
        break
    except Exception:
        time.sleep(1)
\`\`\`

它有四个毛病：什么错都重试、永远不停、间隔固定、把错误吞得干干净净。

## 四个问题

### 什么错该重试？

超时、连接被重置、\`502/503/504\`、\`429\`，值得再试一次。\`404\`、\`401\`、参数写错，试一万次也没用。

### 等多久？

越等越久，并且加一点随机。固定间隔会让一百个客户端**同时**回来敲门。

### 试几次？

给一个上限。可以是次数，也可以是总时间。

### 最后怎么办？

把**最后一次的错误**原样抛出去，让上层知道发生了什么。

## 一个够用的实现

\`\`\`python
import random
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Retryable(Exception):
    """值得再试一次的错误。"""


def retry(action: Callable[[], T], *, attempts: int = 5, base: float = 0.5, limit: float = 30.0) -> T:
    for attempt in range(1, attempts + 1):
        try:
            return action()
        except Retryable:
            if attempt == attempts:
                raise
            pause = min(limit, base * 2 ** (attempt - 1))
            time.sleep(random.uniform(0, pause))
    raise AssertionError("unreachable")
\`\`\`

用起来：

\`\`\`python
def fetch() -> str:
    try:
        response = requests.get(url, timeout=(3, 10))
    except (requests.ConnectionError, requests.Timeout) as error:
        raise Retryable(str(error)) from error
    if response.status_code in {429, 502, 503, 504}:
        raise Retryable(f"HTTP {response.status_code}")
    response.raise_for_status()
    return response.text


page = retry(fetch)
\`\`\`

::: primary 为什么用 \`random.uniform(0, pause)\`？
这叫「全抖动」：等待时间在零到上限之间均匀分布。直觉上好像太随意，实际上对服务端最友好。
:::

## 现成的轮子

不想自己写就用 \`tenacity\`。但请先想清楚上面四个问题，再去看它的参数——否则只是把 \`while True\` 换了个写法。
`,
  },
  {
    slug: 'django-cache-patterns',
    title: 'Django 缓存的三种姿势',
    summary: '整页、片段、底层接口：从省事到精细，什么时候用哪一种。',
    category: 'backend',
    tags: ['Django', 'Python', 'Redis'],
    body: `\`{% cache %}\` 片段里的缓存、视图上的缓存、手写的缓存，Django 都支持。选哪种取决于「页面里有多少东西因人而异」。

## 整页缓存

\`\`\`python
from django.views.decorators.cache import cache_page


@cache_page(60 * 15)
def about(request):
    return render(request, "about.html")
\`\`\`

简单粗暴。只适合对所有人都一样的页面。

## 片段缓存

\`\`\`html
{% load cache %}
{% cache 600 sidebar %}
  <ul>
    {% for tag in tags %}
      <li>{{ tag.name }}</li>
    {% endfor %}
  </ul>
{% endcache %}
\`\`\`

模板里写 \`{{ user.username }}\` 的部分留在外面，其余的放进 \`{% cache %}\`。

## 底层接口

最灵活，也最容易写错：

\`\`\`python
from django.core.cache import cache


def rendered(article):
    key = f"article:{article.pk}:{article.updated:%Y%m%d%H%M%S}"
    html = cache.get(key)
    if html is None:
        html = render_markdown(article.body)
        cache.set(key, html, timeout=7 * 86400)
    return html
\`\`\`

把**更新时间放进键里**是我最喜欢的小技巧：文章一改，键就变了，旧的自然过期，根本不需要「失效」这个动作。

### 三个坑

1. \`cache.get(key) or compute()\`——如果缓存的值本来就是空的，会一直重算；
2. 一千个键同时过期，会一起回源，所以给过期时间加一点随机；
3. 存进去的对象越简单越好，存模型实例，升级以后可能解不开。

## 怎么知道有没有命中

\`\`\`bash
redis-cli info stats | grep -E 'keyspace_(hits|misses)'
\`\`\`

命中率低于八成，就该想想键是不是设计得太细了。
`,
  },
  {
    slug: 'idempotent-jobs',
    title: '让定时任务「跑两遍也没事」',
    summary: '幂等不是高深的理论，而是一种写脚本的习惯。',
    category: 'backend',
    tags: ['Python', '架构'],
    body: `先说结论：**任何定时任务都会在某一天被执行两遍**。手滑、重启、两台机器用了同一份 crontab……所以写的时候就要假设它会跑两遍。

## 三个习惯

**一、先看再做。** 不说「加上这一行」，而说「确保有这一行」。

\`\`\`bash
grep -qxF 'vm.swappiness = 10' /etc/sysctl.d/local.conf \\
  || echo 'vm.swappiness = 10' >> /etc/sysctl.d/local.conf
\`\`\`

**二、用唯一键兜底。** 数据库比你可靠：

\`\`\`sql
INSERT INTO daily_report (day, views)
VALUES ('2025-03-01', 1024)
ON DUPLICATE KEY UPDATE views = VALUES(views);
\`\`\`

**三、先写临时文件，再改名。** 改名是原子的，半截文件永远不会被人看到：

\`\`\`python
from pathlib import Path
import os
import tempfile


def write_atomically(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
\`\`\`

## 锁

如果真的不能同时跑两份，就加锁。最简单的是 \`flock\`：

\`\`\`bash
flock -n /run/lock/report.lock /usr/local/bin/report
\`\`\`

进程死了锁自动释放，不会留下需要手动删除的锁文件。**不要自己 \`touch\` 一个文件当锁**，那是给未来的自己挖坑。
`,
  },
  {
    slug: 'go-http-server-timeouts',
    title: 'Go 的 HTTP 服务，记得设超时',
    summary: '标准库的默认值是「永远等下去」。四个超时分别管什么，一张表说清。',
    category: 'backend',
    tags: ['Go'],
    body: `用 Go 写一个 HTTP 服务只要三行：

\`\`\`go
http.HandleFunc("/", hello)
log.Fatal(http.ListenAndServe(":8080", nil))
\`\`\`

问题在于：这三行没有任何超时。一个一秒发一个字节的客户端，可以占住连接到天荒地老。

| 字段 | 管的是什么 | 我的取值 |
| --- | --- | ---: |
| \`ReadHeaderTimeout\` | 读完请求头 | 5s |
| \`ReadTimeout\` | 读完整个请求 | 15s |
| \`WriteTimeout\` | 写完响应 | 30s |
| \`IdleTimeout\` | 长连接的空闲 | 60s |

\`\`\`go
package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})

	server := &http.Server{
		Addr:              "127.0.0.1:8080",
		Handler:           mux,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
	}

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()

	go func() {
		<-ctx.Done()
		shutdown, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := server.Shutdown(shutdown); err != nil {
			log.Printf("shutdown: %v", err)
		}
	}()

	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}
\`\`\`

严格说来，上面的例子里 \`main\` 可能在 \`Shutdown\` 完成之前就返回了，生产环境里应该再等一个 channel。留给读者练习 😄。
`,
  },
  {
    slug: 'unicode-length-trap',
    title: '一个字到底有多长',
    summary: '「👨‍👩‍👧」是一个字还是五个字？不同语言给出了四种答案。',
    category: 'backend',
    tags: ['Python', 'JavaScript', '编码'],
    body: `产品说：「昵称最多十个字」。听起来很简单，直到有人用了 emoji。

## 四种「长度」

以 \`👨‍👩‍👧\`（一家三口）为例：

| 数法 | 结果 | 谁这么数 |
| --- | ---: | --- |
| 字节（UTF-8） | 18 | 数据库的存储、网络传输 |
| UTF-16 单元 | 8 | JavaScript 的 \`length\` |
| 码点 | 5 | Python 的 \`len()\` |
| 字形簇 | 1 | 人 |

\`\`\`js
const family = '👨‍👩‍👧';
console.log(family.length);                 // 8
console.log([...family].length);            // 5
const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });
console.log([...segmenter.segment(family)].length); // 1
\`\`\`

\`\`\`python
family = "👨‍👩‍👧"
len(family)                    # 5
len(family.encode("utf-8"))    # 18
\`\`\`

## 还有「看起来一样」的问题

\`é\` 可以是一个码点，也可以是 \`e\` 加一个组合符号。比较之前先规范化：

\`\`\`python
import unicodedata

unicodedata.normalize("NFC", text)
\`\`\`

## 显示宽度

终端里，汉字占两格，英文占一格，emoji 一般占两格。要对齐表格就得按**显示宽度**补空格，而不是按字数。

## 结论

1. 存储限制按字节；
2. 数据库 \`VARCHAR(n)\` 按字符（MySQL、PostgreSQL 都是）；
3. 给人看的限制按字形簇；
4. MySQL 一定要用 \`utf8mb4\`，那个叫 \`utf8\` 的不是真的 UTF-8。
`,
  },
  {
    slug: 'json-logging',
    title: '日志还是结构化的好',
    summary: 'grep 能解决九成问题，剩下的一成要靠 jq。',
    category: 'backend',
    tags: ['Python', '日志'],
    body: `以前我的日志长这样：

\`\`\`text
2024-05-06 10:11:12 INFO user 42 bought 3 items for 99.5 yuan
\`\`\`

好读，但想知道「今天一共卖了多少钱」就得写正则。现在改成一行一个 JSON：

\`\`\`json
{"time": "2024-05-06T10:11:12+08:00", "level": "info", "event": "purchase", "user": 42, "items": 3, "amount": 99.5}
\`\`\`

统计只要一条命令：

\`\`\`bash
jq -s 'map(select(.event == "purchase").amount) | add' app.log
\`\`\`

## 几条约定

- \`event\` 用固定的短语，**变量放进字段里**，不要拼进消息；
- 时间一律带时区；
- 密码、令牌、身份证号永远不进日志；
- 一次请求一个 \`request_id\`，一路带到底。

## 给人看的时候

终端里直接看 JSON 很累，所以程序判断一下输出到哪里：

\`\`\`python
import sys

human = sys.stderr.isatty()
\`\`\`

是终端就彩色、对齐、给人看；不是终端就 JSON、给机器看。两全其美。
`,
  },
  {
    slug: 'webhook-signature',
    title: '校验 Webhook 签名的正确写法',
    summary: '用等号比较签名会泄漏时间信息；先解析再校验会让签名失去意义。',
    category: 'backend',
    tags: ['Python', '安全'],
    body: `收到第三方的回调，第一件事是确认它真的来自第三方。

\`\`\`python
import hashlib
import hmac


def is_genuine(secret: bytes, body: bytes, header: str) -> bool:
    expected = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, header)
\`\`\`

三个要点：

1. 对**原始字节**计算，不要先解析成 JSON 再序列化回去；
2. 用 \`hmac.compare_digest\`，不要用 \`==\`；
3. 检查时间戳，太旧的拒绝，防止重放。

::: danger 不要把密钥写进代码
放到环境变量或者文件里，文件权限 \`600\`。
:::
`,
  },
  {
    slug: 'tiny-queue-with-sqlite',
    title: '用 SQLite 做一个小小的任务队列',
    summary: '不想为了每天一百个任务装一套消息队列？一张表就够了。',
    category: 'backend',
    tags: ['Python', 'SQLite', '架构'],
    body: `每天一百来个任务，要持久化、要重试、要能看到失败原因。Celery + Redis 当然可以，但一张 SQLite 表也可以。

## 表

\`\`\`sql
CREATE TABLE task (
    id         INTEGER PRIMARY KEY,
    kind       TEXT    NOT NULL,
    payload    TEXT    NOT NULL,
    run_after  TEXT    NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    error      TEXT,
    done_at    TEXT
);
CREATE INDEX task_due ON task (run_after) WHERE done_at IS NULL;
\`\`\`

最后那个是**部分索引**：只包含没有做完的任务，历史再多也不会变慢。

## 领取任务

\`\`\`python
def claim(db: sqlite3.Connection, now: str) -> sqlite3.Row | None:
    with db:
        db.execute("BEGIN IMMEDIATE")
        return db.execute(
            """
            UPDATE task
               SET attempts = attempts + 1,
                   run_after = datetime(?, '+5 minutes')
             WHERE id = (SELECT id FROM task
                          WHERE done_at IS NULL AND run_after <= ?
                          ORDER BY run_after LIMIT 1)
            RETURNING *
            """,
            (now, now),
        ).fetchone()
\`\`\`

领取的同时把 \`run_after\` 推后五分钟：如果执行的进程死掉，五分钟后别人自然会接手，这就是所谓的「可见性超时」。

::: info 关于 \`BEGIN IMMEDIATE\`
默认的 \`BEGIN\` 到第一次写入才拿写锁，两个进程都读到同一行，就会有一个失败。一开始就拿写锁可以避免这个问题。要把连接的 \`isolation_level\` 设为 \`None\`，才能自己控制事务。
:::

## 够用吗？

- 单机：够；
- 每秒几百个任务：打开 WAL 之后也够；
- 多台机器：不够，换 PostgreSQL 的 \`FOR UPDATE SKIP LOCKED\`。
`,
  },
  {
    slug: 'api-pagination',
    title: '接口分页：别再用 offset 了',
    summary: '草稿：键集分页的来龙去脉。',
    category: 'backend',
    tags: ['数据库', '架构'],
    isDraft: true,
    body: `\`OFFSET 100000 LIMIT 20\` 的意思是：读十万零二十行，扔掉十万行。

\`\`\`sql
-- 慢
SELECT * FROM post ORDER BY created_at DESC LIMIT 20 OFFSET 100000;

-- 快：记住上一页最后一行
SELECT * FROM post
WHERE (created_at, id) < ('2025-01-02 03:04:05', 8899)
ORDER BY created_at DESC, id DESC
LIMIT 20;
\`\`\`

要点：

- 排序键必须唯一，所以加上 \`id\`；
- 没法跳到第 N 页，但谁真的需要第 5001 页呢？

（待续：游标怎么编码、怎么反向翻页）
`,
  },
];
