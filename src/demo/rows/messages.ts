import { day, naiveTime } from './naive.ts';
import type { DemoRow, DemoRowsOf, DemoSetting } from './setting.ts';

const texts: readonly [title: string, content: string][] = [
  ['增加一个新的友情链接:山间小筑', '<p><a href="/adminx/blog/friendlink/3/change/">友链待审核</a></p>'],
  ['网站维护通知', '<p>今晚 23:00 起维护约半小时，期间评论功能暂停。</p>'],
  ['欢迎加入', '<p>欢迎注册本站，<b>评论前请先阅读</b>留言须知。</p>'],
  ['定时任务执行失败', '<p>任务 <code>check_friend</code> 执行失败，请查看日志。</p>'],
  ['年度总结已发布', '<p>年度总结已经发布，感谢一年来的陪伴 🎉</p>'],
];

/** Messages of the blog to its users, from today back to nearly two years, some exactly at the usual limit. */
export function messageRows(
  { now, random }: DemoSetting,
  userCount: number,
): DemoRowsOf<'comment_systemnotification' | 'comment_systemnotification_get_p'> {
  const moments = Array.from({ length: 44 }, (_, index) => now - index * 15 * day - random.int(60, day));
  moments.push(now - 200 * day - 1, now - 200 * day, now - 200 * day + 1);
  const messages = moments
    .sort((left, right) => left - right)
    .map((moment, index): DemoRow<'comment_systemnotification'> => {
      const [title, content] = random.pick(texts);
      const fraction = index % 4 === 0 ? 0 : random.int(1, 999_999);
      // The three at the limit keep their whole second.
      const create_date = naiveTime(moment, Math.abs(now - 200 * day - moment) <= 1 ? 0 : fraction);
      return { id: index + 1, create_date, is_read: random.chance(0.7), title, content };
    });
  const receivers = messages.flatMap((message) => {
    const first = random.int(1, userCount);
    const users = Array.from({ length: random.int(1, 3) }, (_, step) => ((first + step - 1) % userCount) + 1);
    return users.map((user) => ({ systemnotification_id: Number(message.id), ouser_id: user }));
  });
  return {
    comment_systemnotification: messages,
    comment_systemnotification_get_p: receivers.map((row, index) => ({ id: index + 1, ...row })),
  };
}
