import { day, hour, naiveTime } from './naive.ts';
import { pythonJson } from '../../blog/python-json.ts';
import type { DemoRow, DemoSetting } from './setting.ts';

const tasks = [
  'easytask.tasks.update_cache',
  'easytask.tasks.check_friend',
  'easytask.tasks.check_navigation_site',
  'easytask.tasks.clear_notification',
  'easytask.tasks.cleanup_task_result',
  'easytask.tasks.clear_expired_sessions',
  'easytask.tasks.set_views_to_redis',
  'easytask.tasks.set_feed_data',
  'easytask.tasks.baidu_push',
  'easytask.tasks.check_host_status',
] as const;

const statuses = ['SUCCESS', 'SUCCESS', 'SUCCESS', 'SUCCESS', 'FAILURE', 'SUCCESS', 'STARTED', 'PENDING'] as const;
const rareStatuses = ['REVOKED', 'RETRY', 'RECEIVED'] as const;

/** What Celery kept of a week of tasks, every half hour; and each status at three days, the usual limit, to the second. */
export function resultRows({ now, random }: DemoSetting): DemoRow<'django_celery_results_taskresult'>[] {
  const rows: Omit<DemoRow<'django_celery_results_taskresult'>, 'id'>[] = [];
  function add(done: number, status: string, task: string): void {
    const isOver = status === 'SUCCESS' || status === 'FAILURE';
    const seconds = random.int(1, 90);
    rows.push({
      task_id: uuid(random.hex(30)),
      status,
      content_type: 'application/json',
      content_encoding: 'utf-8',
      result: isOver ? resultText(status, seconds) : null,
      date_done: naiveTime(done),
      traceback: status === 'FAILURE' ? 'Traceback (most recent call last):\nTimeoutError: timed out\n' : null,
      meta: '{"children": []}',
      task_args: '"()"',
      task_kwargs: '"{}"',
      task_name: task,
      worker: status === 'PENDING' ? null : 'celery@blog',
      date_created: naiveTime(done - seconds),
      periodic_task_name: null,
    });
  }
  for (let age = 7 * day; age > 0; age -= hour / 2) {
    const status = random.chance(0.05) ? random.pick(rareStatuses) : random.pick(statuses);
    add(now - age, status, random.pick(tasks));
  }
  for (const seconds of [-1, 0, 1]) {
    for (const status of new Set([...statuses, ...rareStatuses])) add(now - 3 * day + seconds, status, tasks[0]);
  }
  return rows.map((row, index) => ({ id: index + 1, ...row }));
}

function resultText(status: string, seconds: number): string {
  if (status === 'SUCCESS') return pythonJson({ code: 0, data: {}, message: '', error: '', time: seconds });
  return pythonJson({ exc_type: 'TimeoutError', exc_message: ['timed out'], exc_module: 'builtins' });
}

/** A random UUID (version 4) of 30 hexadecimal digits. */
function uuid(digits: string): string {
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(12, 15)}`, `a${digits.slice(15, 18)}`];
  return [...parts, digits.slice(18, 30)].join('-');
}
