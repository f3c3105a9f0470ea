import { day, naiveTime } from './naive.ts';
import { pythonJson } from '../../blog/python-json.ts';
import type { DemoRow, DemoSetting } from './setting.ts';

// What was fetched last: with entries and a date, without a date, emptied by an error, never.
const feeds: readonly { name: string; url: string; entries?: readonly string[]; hasDate?: boolean; isOff?: boolean }[] =
  [
    {
      name: '示例周刊',
      url: 'https://weekly.example/feed.xml',
      entries: ['第 128 期：把复杂的事情变简单', '第 127 期：备份的三二一原则', '第 126 期：为什么要写日志'],
      hasDate: true,
    },
    {
      name: '山间小筑',
      url: 'https://hill-cottage.example/atom.xml',
      entries: ['春天的菜地', '修好了漏水的龙头 & 其他'],
      hasDate: true,
    },
    { name: '一行代码', url: 'https://one-line.test/rss', entries: ['sed 的一个小技巧', '用 jq 看日志'] },
    { name: '已经搬家', url: 'https://moved.example/rss.xml', entries: [] },
    { name: '本机订阅', url: 'http://127.0.0.1:18080/feeds/rss2.xml' },
    { name: '停用的源', url: 'https://stopped.test/feed', isOff: true },
  ];

/** The feed hub. */
export function feedRows({ now, random }: DemoSetting): DemoRow<'blog_feedhub'>[] {
  return feeds.map(({ name, url, entries, hasDate, isOff }, index) => ({
    id: index + 1,
    name,
    url,
    icon: '',
    is_active: !isOff,
    create_date: naiveTime(now - (400 - index * 40) * day, random.int(1, 999_999)),
    data: entries ? dataText(url, entries, hasDate ? naiveTime(now - (index + 1) * day) : undefined) : null,
    sort_order: index,
  }));
}

function dataText(url: string, titles: readonly string[], updated?: string): string {
  const host = new URL(url).origin;
  const entries = titles.map((title, index) => ({ title, link: `${host}/posts/${titles.length - index}/` }));
  return pythonJson(updated ? { entries, updated: updated.replace(/^(\d+)-(\d+)-(\d+)/, '$1$2$3') } : { entries });
}
