import type { DemoArticle } from './article.ts';

/** Posts about databases and caches. */
export const databaseArticles: readonly DemoArticle[] = [
  {
    slug: 'index-basics',
    title: '索引是怎么帮忙的：从字典说起',
    summary: '最左前缀、覆盖索引、索引失效，用一本字典讲清楚。',
    category: 'database',
    tags: ['数据库', 'MySQL'],
    topic: '查询优化',
    shortTitle: '索引入门',
    body: `查字典的时候，我们不会从第一页翻到最后一页。拼音检字表就是索引：它按顺序排好，并告诉你在第几页。

## 联合索引与最左前缀

\`\`\`sql
CREATE TABLE post (
    id         INT AUTO_INCREMENT PRIMARY KEY,
    author_id  INT          NOT NULL,
    status     VARCHAR(20)  NOT NULL,
    created_at DATETIME(6)  NOT NULL,
    title      VARCHAR(150) NOT NULL,
    KEY author_status_created (author_id, status, created_at)
);
\`\`\`

索引 \`(author_id, status, created_at)\` 像是先按姓、再按名、再按生日排的通讯录：

| 查询条件 | 能用到几列 |
| --- | :---: |
| \`author_id = 1\` | 1 |
| \`author_id = 1 AND status = 'draft'\` | 2 |
| \`author_id = 1 AND status = 'draft' ORDER BY created_at\` | 3 |
| \`status = 'draft'\` | 0 |
| \`author_id = 1 ORDER BY created_at\` | 1 |

不知道姓，只知道名，通讯录就帮不上忙了。

## 覆盖索引

如果查询要的列**全在索引里**，就不必再去查正文：

\`\`\`sql
EXPLAIN SELECT status, created_at FROM post WHERE author_id = 1;
-- Extra: Using index
\`\`\`

## 让索引失效的写法

\`\`\`sql
-- 对列做了运算
SELECT * FROM post WHERE DATE(created_at) = '2025-03-01';
-- 改成范围
SELECT * FROM post WHERE created_at >= '2025-03-01' AND created_at < '2025-03-02';

-- 前面有通配符
SELECT * FROM post WHERE title LIKE '%缓存%';

-- 类型不一致：列是字符串，却和数字比较
SELECT * FROM post WHERE status = 1;
\`\`\`

## 索引不是越多越好

每加一个索引，写入就多维护一份。我的习惯是：

1. 先有慢查询，再加索引；
2. 加完用 \`EXPLAIN\` 确认真的用上了；
3. 每半年清理一次没人用的。

::: success 小练习
\`(a, b)\` 和 \`(a)\` 两个索引同时存在，哪一个是多余的？
:::
`,
  },
  {
    slug: 'reading-explain',
    title: '读懂 EXPLAIN 的五个字段',
    summary: 'type、key、rows、filtered、Extra。先看哪个，后看哪个。',
    category: 'database',
    tags: ['数据库', 'MySQL'],
    topic: '查询优化',
    shortTitle: '读 EXPLAIN',
    body: `\`EXPLAIN\` 的输出有十几列，其实先看五列就够了。

type
:   访问方式。从好到坏大致是 \`const\`、\`eq_ref\`、\`ref\`、\`range\`、\`index\`、\`ALL\`。看到 \`ALL\` 就要警惕。

key
:   实际用了哪个索引。\`NULL\` 就是没用上。

rows
:   估计要看多少行。是**估计**，可能差很多。

filtered
:   看过之后留下百分之几。很低说明索引不够精确。

Extra
:   \`Using index\` 好；\`Using filesort\`、\`Using temporary\` 要看数据量。

## 一个例子

\`\`\`sql
EXPLAIN
SELECT c.name, COUNT(*) AS posts
  FROM post p JOIN category c ON c.id = p.category_id
 WHERE p.is_publish = 1
 GROUP BY c.id
 ORDER BY posts DESC;
\`\`\`

| id | table | type | key | rows | Extra |
| --- | --- | --- | --- | ---: | --- |
| 1 | c | ALL | NULL | 6 | Using temporary; Using filesort |
| 1 | p | ref | category_id | 120 | Using where |

\`c\` 是全表扫描，但只有六行，没关系。**表小的时候，全表扫描往往比走索引还快。**

## ANALYZE 更诚实

MariaDB 的 \`ANALYZE SELECT …\`、MySQL 8 和 PostgreSQL 的 \`EXPLAIN ANALYZE\` 会真的执行一遍，给出实际行数和时间。估计与实际相差十倍以上时，先更新统计信息：

\`\`\`sql
ANALYZE TABLE post;
\`\`\`
`,
  },
  {
    slug: 'deadlock-story',
    title: '一次死锁的始末',
    summary: '两个事务，两行数据，相反的顺序。解决办法只有一句话：排好队。',
    category: 'database',
    tags: ['数据库', 'MySQL', '排错'],
    topic: '查询优化',
    shortTitle: '死锁',
    body: `周五下午，日志里零星出现：

\`\`\`text
Deadlock found when trying to get lock; try restarting transaction
\`\`\`

## 现场

\`\`\`sql
SHOW ENGINE INNODB STATUS\\G
\`\`\`

翻到 \`LATEST DETECTED DEADLOCK\`，两个事务分别是：

| 时刻 | 事务甲 | 事务乙 |
| --- | --- | --- |
| t1 | 更新文章 7 的阅读数 | 更新文章 3 的阅读数 |
| t2 | 更新文章 3 的阅读数（等乙） | |
| t3 | | 更新文章 7 的阅读数（等甲）💥 |

## 原因

批量更新时，代码直接遍历一个字典，顺序取决于谁先被访问。甲是 7、3，乙是 3、7，于是互相等待。

## 解决

\`\`\`python
with transaction.atomic():
    for article_id in sorted(counts):
        Article.objects.filter(pk=article_id).update(views=F("views") + counts[article_id])
\`\`\`

一个 \`sorted\`，世界清静了。

## 还要不要重试？

要。死锁是数据库的**正常现象**，数据库会挑一个事务回滚，程序应该重试，但次数要有限。
`,
  },
  {
    slug: 'postgres-timezones',
    title: 'PostgreSQL 的时间类型，一次说清',
    summary: 'timestamp 与 timestamptz 的区别不在于「存不存时区」。',
    category: 'database',
    tags: ['数据库', 'PostgreSQL', '时区'],
    topic: '维护',
    shortTitle: 'PG 时间类型',
    body: `先说结论：**\`timestamptz\` 也不存时区**。它存的是一个瞬间（UTC），进出的时候按会话的时区换算。

\`\`\`sql
SET TIME ZONE 'Asia/Shanghai';
SELECT '2025-03-01 12:00:00'::timestamptz;   -- 2025-03-01 12:00:00+08
SET TIME ZONE 'UTC';
SELECT '2025-03-01 12:00:00+08'::timestamptz; -- 2025-03-01 04:00:00+00
\`\`\`

而 \`timestamp\`（不带 tz）就是一串数字，谁来看都一样，不代表任何瞬间。

## 怎么选

- 「事情发生的时刻」：\`timestamptz\`；
- 「墙上的钟」，比如闹钟每天 7:30：\`time\` 加一个时区名；
- 生日：\`date\`。

## 常见错误

### 用固定偏移代替时区名

\`+01:00\` 不是柏林时间，夏天就错了。要写 \`Europe/Berlin\`。

### 让驱动帮忙转换

有的驱动会把结果变成「本机时区的日期对象」，程序换台机器跑，时间就错八个小时。可以让驱动原样返回字符串，自己解析。

### 比较日期

\`\`\`sql
-- 「三月一日」是哪个时区的三月一日？
WHERE created_at >= timestamptz '2025-03-01 00:00 Asia/Shanghai'
  AND created_at <  timestamptz '2025-03-02 00:00 Asia/Shanghai'
\`\`\`
`,
  },
  {
    slug: 'sqlite-in-production',
    title: '在生产环境用 SQLite，我后悔了吗',
    summary: '用了一年，答案是没有。但有六个设置一定要改。',
    category: 'database',
    tags: ['数据库', 'SQLite'],
    topic: '维护',
    shortTitle: 'SQLite 一年',
    body: `小站从 MySQL 换到 SQLite 已经一年，数据 300 MB，每天三万次读、五百次写。结论：**没后悔**，备份从一套脚本变成了一行命令。

## 六个设置

\`\`\`sql
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 5000;
PRAGMA foreign_keys = ON;
PRAGMA cache_size = -20000;
PRAGMA temp_store = MEMORY;
\`\`\`

- \`WAL\`：读不挡写，写不挡读；
- \`busy_timeout\`：锁住时等一会儿，而不是立刻报错；
- \`foreign_keys\`：**默认是关的**，而且每个连接都要打开。

## 三个限制

1. 同一时刻只有一个写者。长事务会让所有人等；
2. 不要放在网络磁盘上，锁会失灵；
3. 改表结构的能力弱，\`ALTER TABLE\` 很多事做不了。

## WAL 变大的怪事

有一天 \`-wal\` 文件涨到 2 GB。原因是有一个读连接一直没有关闭，检查点推进不了。找出它、关掉它，然后：

\`\`\`sql
PRAGMA wal_checkpoint(TRUNCATE);
\`\`\`

## 备份

\`\`\`bash
sqlite3 blog.db "VACUUM INTO '/backup/blog-$(date +%F).db'"
\`\`\`

::: info 数据类型
SQLite 的列类型只是「建议」。日期一般存成文本，比较大小靠的是**字符串顺序**，所以格式必须统一：\`2025-03-01 09:00:00\` 和 \`2025-3-1 9:00\` 混在一起就乱套了。
:::
`,
  },
  {
    slug: 'mysql-utf8mb4-migration',
    title: 'MySQL 迁移到 utf8mb4 的记录',
    summary: '一个 emoji 引发的迁移：检查、备份、转换、验证四步。',
    category: 'database',
    tags: ['数据库', 'MySQL', '编码'],
    topic: '维护',
    shortTitle: 'utf8mb4',
    body: `评论里的一个 🎉 让程序报了错：

\`\`\`text
Incorrect string value: '\\xF0\\x9F\\x8E\\x89' for column 'content'
\`\`\`

老表用的是三字节的 \`utf8\`，装不下四字节的 emoji。

## 一、检查

\`\`\`sql
SELECT table_name, table_collation
  FROM information_schema.tables
 WHERE table_schema = 'site' AND table_collation NOT LIKE 'utf8mb4%';
\`\`\`

## 二、备份

没什么好说的，先备份。

## 三、转换

\`\`\`sql
ALTER DATABASE site CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
ALTER TABLE comment CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
\`\`\`

\`CONVERT TO\` 会重写整张表，大表要挑半夜做。

## 四、验证

\`\`\`sql
SELECT CONCAT('测试', _utf8mb4 0xF09F8E89) AS ok;
\`\`\`

连接的字符集也要改，否则存进去还是问号：

\`\`\`ini
[client]
default-character-set = utf8mb4
\`\`\`
`,
  },
  {
    slug: 'redis-memory-diet',
    title: '给 Redis 瘦身',
    summary: '从 900 MB 到 210 MB：大键、没有过期时间的键、和多余的前缀。',
    category: 'database',
    tags: ['Redis', '性能'],
    body: `## 找大键

\`\`\`bash
redis-cli --bigkeys
redis-cli --memkeys
\`\`\`

**不要用 \`KEYS *\`**，它会让 Redis 停下来数完所有键。用 \`SCAN\`：

\`\`\`bash
redis-cli --scan --pattern 'article:*' | head
\`\`\`

## 找没有过期时间的键

\`\`\`bash
redis-cli --scan | while read -r key; do
  [ "$(redis-cli ttl "$key")" = "-1" ] && echo "$key"
done | sed -E 's/[0-9]+/N/g' | sort | uniq -c | sort -rn | head
\`\`\`

我的结果里有六十万个 \`session:N\`，是旧版程序留下的，删之。

## 设上限

\`\`\`ini
maxmemory 256mb
maxmemory-policy allkeys-lru
\`\`\`

~~加内存~~ 先想想有没有东西可以不存。
`,
  },
];
