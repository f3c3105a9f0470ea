import { day, naiveTime } from './naive.ts';
import type { DemoRowsOf, DemoSetting } from './setting.ts';

type Site = readonly [name: string, link: string, isShown: boolean | null, reason?: string];

// First floor, second floor, sites. NULL is: never check, never show.
const menus: readonly { name: string; icon: string; parts: readonly { name: string; sites: readonly Site[] }[] }[] = [
  {
    name: '常用',
    icon: 'fa fa-star',
    parts: [
      {
        name: '搜索',
        sites: [
          ['示例搜索', 'https://www.example.com/', true],
          ['学术检索', 'https://example.net/', true],
          ['旧搜索', 'https://old-search.test/', false, '网页请求返回500'],
        ],
      },
      {
        name: '邮箱',
        sites: [
          ['示例邮箱', 'https://www.example.net/', true],
          ['内部邮箱', 'http://mail.internal.test/', null],
        ],
      },
    ],
  },
  {
    name: '开发',
    icon: 'fa fa-code',
    parts: [
      {
        name: '文档',
        sites: [
          ['示例文档', 'https://www.example.org/', true],
          ['接口手册', 'https://api-docs.example/', true],
          ['本机文档', 'http://127.0.0.1:18080/docs/', true],
          ['停运文档', 'https://gone-docs.test/', false, '网页请求返回404'],
        ],
      },
      {
        name: '工具',
        sites: [
          ['在线绘图', 'https://draw.example/', true],
          ['正则测试', 'https://regex.example/', true],
          ['内网面板', 'http://panel.internal.test:8080/', null],
        ],
      },
    ],
  },
];

/** The navigation page: two floors of menus and a dozen sites, some hidden, some never to be checked. */
export function navigationRows({
  now,
}: DemoSetting): DemoRowsOf<'webstack_firstmenu' | 'webstack_secondmenu' | 'webstack_navigationsite'> {
  const dates = { create_date: naiveTime(now - 700 * day, 17_000), update_date: naiveTime(now - 90 * day, 23_000) };
  const seconds = menus.flatMap((menu, index) => menu.parts.map((part) => ({ ...part, father: index + 1 })));
  const sites = seconds.flatMap((part, index) => part.sites.map((site) => ({ site, menu: index + 1 })));
  return {
    webstack_firstmenu: menus.map(({ name, icon }, index) => ({
      id: index + 1,
      name,
      icon,
      sort_order: index,
      ...dates,
    })),
    webstack_secondmenu: seconds.map(({ name, father }, index) => ({
      id: index + 1,
      name,
      icon: 'fa fa-folder',
      sort_order: index,
      ...dates,
      father_id: father,
    })),
    webstack_navigationsite: sites.map(({ site: [name, link, isShown, reason], menu }, index) => ({
      id: index + 1,
      name,
      description: `${name}：导航里的一个站点`,
      link,
      sort_order: index,
      ...dates,
      logo: 'web/default/default.png',
      menu_id: menu,
      is_show: isShown,
      not_show_reason: reason ?? null,
    })),
  };
}
