import { createHash } from 'node:crypto';
import type { WebhookSettings } from '../../core/notify.ts';
import { bareAddress } from './mail-address.ts';

/*
 * What could not be sent is kept by its channel's name. So the name goes by the address alone, not by its place in the
 * list: who is taken out of the list must not leave what waits to the next one.
 */

/** What the mails to an address are called: `mail to owner@example.test`. */
export function mailChannel(to: string): string {
  return `mail to ${bareAddress(to)}`;
}

/**
 * What a webhook is called: by its name, by its chat, or by its host and some figures of its address's hash, since the
 * address itself is a secret: `json mine`, `telegram to -100123`, `dingtalk on oapi.dingtalk.com (3f9a2c)`.
 */
export function webhookChannel({
  kind,
  name,
  url,
  chat,
}: Pick<WebhookSettings, 'kind' | 'name' | 'url' | 'chat'>): string {
  if (name !== undefined) return `${kind} ${name}`;
  if (chat !== undefined) return `${kind} to ${chat}`;
  const mark = createHash('sha256').update(url).digest('hex').slice(0, 6);
  return `${kind} on ${new URL(url).host} (${mark})`;
}
