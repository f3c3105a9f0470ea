import type { Message, Notifier, NotifySettings } from '../../../src/core/notify.ts';
import { openHttp } from '../../../src/resources/http/open.ts';
import { openNotifier } from '../../../src/resources/notify/open.ts';
import { notifySecrets } from '../../../src/runner/config/notify-addresses.ts';
import { testConfig, testNowMs } from '../../helpers/run.ts';

/** A message in the words of the blog. */
export const message: Message = {
  subject: '⚠️服务监控告警 2026-03-18 14:05:09',
  body: '警告：节点 host-1 离线 1 分钟\n警告：节点 host-10 离线 10 分钟',
  about: 'hosts',
  at: '2026-03-18T06:05:09.000Z',
};

/** A notifier over the real web client, at the tests' clock. */
export function notifierOf(settings: Partial<NotifySettings>, readOnly = false): Notifier {
  const whole: NotifySettings = { webhooks: [], failedJobs: true, ...settings };
  const { http } = testConfig({ blog: { url: 'sqlite:none' } });
  return openNotifier({
    settings: whole,
    secrets: notifySecrets(whole),
    blog: 'my-blog',
    hostname: 'test-host',
    folder: '/',
    readOnly,
    nowMs: () => testNowMs,
    http: () => openHttp({ settings: http, readOnly, version: '0', blogUrl: null, elapsedMs: () => performance.now() }),
  });
}

/** Sends to all of a notifier's channels. */
export function sendAll(notifier: Notifier, more: Partial<Message> = {}): ReturnType<Notifier['send']> {
  return notifier.send({ ...message, ...more }, notifier.channels, new AbortController().signal);
}
