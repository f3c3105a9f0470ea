import type { DemoArticle, DemoCategory } from '../articles/article.ts';
import { day, naiveTime } from './naive.ts';
import type { DemoRowsOf, DemoSetting } from './setting.ts';

const categories: Record<DemoCategory, string> = {
  ops: '运维笔记',
  backend: '后端开发',
  frontend: '前端手记',
  database: '数据库',
  reading: '读书',
  life: '生活随笔',
};

const keywords = ['定时任务', '缓存', '备份', '部署', '排错', '性能', '入门', '笔记', '随笔', '书单'];

const subjects = [
  { name: '小站运维手册', status: 'ongoing', topics: ['系统基础', '服务与证书', '备份与监控'] },
  { name: '从零学前端', status: 'ongoing', topics: ['样式', '脚本与类型'] },
  { name: '数据库实战', status: 'completed', topics: ['查询优化', '维护'] },
  { name: '一年读书计划', status: 'not_started', topics: ['读书札记'] },
] as const;

/** Chapter names in the order of their ids. */
export const topicNames: readonly string[] = subjects.flatMap((subject) => subject.topics);

/** Category keys in the order of their ids. */
export const categoryKeys = Object.keys(categories) as readonly DemoCategory[];

/** Tags in the order of their ids: as the articles name them. */
export function tagNames(articles: readonly DemoArticle[]): string[] {
  return [...new Set(articles.flatMap((article) => article.tags))];
}

type LabelTable = 'blog_category' | 'blog_tag' | 'blog_keyword' | 'blog_subject' | 'blog_topic';

/** Everything that an article can be filed under. */
export function labelRows({ now }: DemoSetting, articles: readonly DemoArticle[]): DemoRowsOf<LabelTable> {
  const dates = { create_date: naiveTime(now - 1095 * day, 120_000), update_date: naiveTime(now - 30 * day, 250_000) };
  let topicId = 0;
  return {
    blog_category: Object.entries(categories).map(([slug, name], index) => ({
      id: index + 1,
      name,
      slug,
      description: `${name}分类下的文章`,
    })),
    blog_tag: tagNames(articles).map((name, index) => ({
      id: index + 1,
      name,
      // A tag in Chinese has no slug of its own; the blog's author would type one.
      slug: /^[\w .+-]+$/.test(name) ? name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-') : `tag-${index + 1}`,
      description: `与${name}有关的文章`,
    })),
    blog_keyword: keywords.map((name, index) => ({ id: index + 1, name })),
    blog_subject: subjects.map(({ name, status }, index) => ({
      id: index + 1,
      name,
      status,
      description: `${name}：按顺序读的一组文章`,
      sort_order: index,
      ...dates,
      cover_image: 'subject/default/default.png',
    })),
    blog_topic: subjects.flatMap(({ topics }, index) =>
      topics.map((name, order) => ({ id: ++topicId, name, sort_order: order, subject_id: index + 1, ...dates })),
    ),
  };
}

/** How many keywords there are; articles take from them by id. */
export const keywordCount = keywords.length;
