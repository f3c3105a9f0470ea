import { day, naiveTime } from './naive.ts';
import type { DemoRow, DemoSetting } from './setting.ts';

interface Friend {
  readonly name: string;
  readonly description: string;
  readonly link: string;
  readonly hidden?: string;
  readonly isInactive?: boolean;
}

// Reserved names only (RFC 2606): none of these is anybody's site, and most do not even resolve.
const friends: readonly Friend[] = [
  { name: '示例之家', description: '一直都在的示例站', link: 'https://example.com/' },
  { name: '另一个示例', description: '也一直都在', link: 'https://example.org/' },
  { name: '山间小筑', description: '种菜、写字、修水管', link: 'https://hill-cottage.example/' },
  { name: '夜航船', description: '读书与杂谈', link: 'https://night-ferry.example/blog/' },
  { name: '一行代码', description: '每天一行代码', link: 'https://one-line.test/' },
  { name: '旧书摊', description: '旧书与旧事', link: 'http://bookstall.test/index.html' },
  { name: '本机站点', description: '跑在自己电脑上的站', link: 'http://127.0.0.1:18080/' },
  { name: '拒绝连接', description: '端口上没有人', link: 'http://127.0.0.1:9/' },
  { name: '迷路的猫', description: '猫和摄影', link: 'https://lost-cat.example/', hidden: '网页请求返回500' },
  { name: '断更日记', description: '三年没有更新', link: 'https://paused.example/', hidden: '网页请求返回404' },
  {
    name: '忘了回链',
    description: '还没有加本站的链接',
    link: 'https://no-backlink.test/',
    hidden: '网站未设置本站外链',
  },
  {
    name: '手动下架',
    description: '站长手动隐藏',
    link: 'https://hand-hidden.example/',
    hidden: '内容不合适，手动隐藏',
  },
  { name: '待审核', description: '刚刚申请', link: 'https://newcomer.example/', isInactive: true },
];

/** A dozen friends: shown, hidden for each of the usual reasons, and one that waits for approval. */
export function friendRows({ now, random }: DemoSetting): DemoRow<'blog_friendlink'>[] {
  return friends.map(({ name, description, link, hidden, isInactive }, index) => ({
    id: index + 1,
    name,
    description,
    link,
    create_date: naiveTime(now - (900 - index * 70) * day, random.int(1, 999_999)),
    is_active: !isInactive,
    is_show: hidden === undefined,
    not_show_reason: hidden ?? null,
    logo: 'friend/default/default.png',
  }));
}
