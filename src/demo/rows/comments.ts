import type { DatedArticle } from './articles.ts';
import { day, hour, naiveTime } from './naive.ts';
import type { DemoRow, DemoRowsOf, DemoSetting } from './setting.ts';

const openings = [
  '写得很清楚，照着做一遍就成功了，感谢！',
  '第二步那里我卡了半天，原来是权限的问题。',
  '请问换成 Debian 12 步骤一样吗？',
  '收藏了，周末试试。',
  '同感，尤其是最后一段。',
  '图挂了，能补一下吗？',
  '这个思路不错，我之前一直用笨办法。',
  '有没有考虑过用 `systemd` 的定时器？',
  '试了一下，内存占用确实降下来不少 👍',
  '期待下一篇。',
  '小建议：命令前面最好说明一下是用哪个用户执行的。',
  '原来如此，困扰我很久了。',
  '看完去翻了翻自己的配置，果然也漏了这一行。',
  '文笔真好，像聊天一样就读完了。',
  'Nice write-up, thanks for sharing!',
  '路过，支持一下原创。',
] as const;

const answers = [
  '谢谢支持，有问题随时留言。',
  '已经补上了，多谢提醒。',
  '一样的，只是包名略有不同。',
  '考虑过，后面会单独写一篇。',
  '可以先看看日志里有没有报错。',
  '哈哈，我当时也是这么踩坑的。',
  '好建议，已经更新到正文里了。',
  '我这边测试没有问题，方便贴一下版本号吗？',
] as const;

/** Comments in threads of two floors, and a notification for each one that somebody else should hear of. */
export function commentRows(
  { now, random }: DemoSetting,
  dated: readonly DatedArticle[],
  userCount: number,
): DemoRowsOf<'comment_articlecomment' | 'comment_notification'> {
  const comments: DemoRow<'comment_articlecomment'>[] = [];
  const notifications: DemoRow<'comment_notification'>[] = [];
  function notify(from: number, to: number, comment: number, written: number): void {
    if (from === to) return;
    // What is older than a month has been seen, mostly.
    const isRead = now - written > 30 * day ? random.chance(0.85) : random.chance(0.4);
    const create_date = naiveTime(written, random.int(1, 999_999));
    notifications.push({ create_date, is_read: isRead, comment_id: comment, create_p_id: from, get_p_id: to });
  }
  for (const { id: belong_id, row, created } of dated) {
    if (!row.is_publish) continue;
    for (let thread = random.int(0, 3); thread > 0; thread -= 1) {
      const written = created + random.int(hour, Math.max(hour, now - created - hour));
      if (written >= now) continue;
      const author_id = random.int(2, userCount);
      const first = comments.length + 1;
      const place = { belong_id, create_date: naiveTime(written, random.int(1, 999_999)) };
      comments.push({
        id: first,
        author_id,
        content: random.pick(openings),
        parent_id: null,
        rep_to_id: null,
        ...place,
      });
      notify(author_id, 1, first, written);
      const answered = written + random.int(600, 2 * day);
      if (answered >= now || random.chance(0.4)) continue;
      const create_date = naiveTime(answered, random.int(1, 999_999));
      const answer = { id: first + 1, author_id: 1, content: random.pick(answers), parent_id: first, rep_to_id: first };
      comments.push({ ...answer, belong_id, create_date });
      notify(1, author_id, first + 1, answered);
    }
  }
  notifications.push(...limitRows(now, comments));
  return {
    comment_articlecomment: comments,
    comment_notification: notifications.map((row, index) => ({ id: index + 1, ...row })),
  };
}

// Read and unread ones at 200 days, the usual limit, to the second.
function limitRows(now: number, comments: readonly DemoRow<'comment_articlecomment'>[]) {
  const comment = comments[0];
  if (!comment) return [];
  return [-1, 0, 1].flatMap((seconds) =>
    [true, false].map((is_read): DemoRow<'comment_notification'> => {
      const create_date = naiveTime(now - 200 * day + seconds);
      return { create_date, is_read, comment_id: Number(comment.id), create_p_id: comment.author_id, get_p_id: 1 };
    }),
  );
}
