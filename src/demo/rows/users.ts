import { day, naiveTime } from './naive.ts';
import type { DemoRow, DemoSetting } from './setting.ts';

// The first one is the blog's author.
const names = ['demo', 'linmu', 'qingshan', 'xiaoyu', 'old_wang', 'nightowl', 'teahouse', 'zhiyuan', 'paperboat'];

/** The blog's owner and some readers, who joined one after the other. */
export function userRows({ now, random }: DemoSetting): DemoRow<'oauth_ouser'>[] {
  return names.map((username, index) => ({
    id: index + 1,
    // Django's mark of an account that nobody can log in to.
    password: '!',
    last_login: index % 3 === 2 ? null : naiveTime(now - random.int(1, 20) * day, random.int(1, 999_999)),
    is_superuser: index === 0,
    is_staff: index === 0,
    is_active: true,
    username,
    first_name: '',
    last_name: '',
    email: `${username}@example.test`,
    date_joined: naiveTime(now - (1100 - index * 120) * day - random.int(0, day), random.int(1, 999_999)),
    link: index % 2 === 0 ? '' : `https://${username.replace('_', '-')}.example/`,
    avatar: `avatar/default/default${(index % 9) + 1}.png`,
  }));
}
