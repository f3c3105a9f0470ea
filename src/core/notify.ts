/** What somebody is to be told. */
export interface Message {
  /** One line; a mail's subject, the first line of a chat's message. */
  readonly subject: string;
  /** Plain text, lines parted by \n. */
  readonly body: string;
  /** What it is about, for machines: `hosts`, `job warm-cache`, `test`. */
  readonly about: string;
  /** When it was written: ISO 8601 in UTC. With `about` and the subject it makes a mail's Message-ID, so a doubled mail is known for one. */
  readonly at: string;
}

/** What became of a message on one channel. */
export interface Delivery {
  /** Such as `mail to owner@example.test` or `dingtalk on oapi.dingtalk.com`; without secrets. */
  readonly channel: string;
  /** Null where it arrived; else why not, in words, without secrets. */
  readonly failure: string | null;
  /** How long the other side asks to be left alone, in milliseconds; null where it does not. */
  readonly retryAfterMs: number | null;
}

/**
 * Tells people: by mail and by webhooks, as the configuration's `notify` section says. A dry run cannot send.
 * Implemented in resources/notify.
 */
export interface Notifier {
  /** Who would be told, each by a name of its own; empty where the configuration names nobody. */
  readonly channels: readonly string[];
  /**
   * Tells the channels of these names. What a channel refuses is in its delivery; nothing is thrown for it, nor for the
   * signal: who was reached before it must not be told again.
   */
  readonly send: (message: Message, to: readonly string[], signal: AbortSignal) => Promise<readonly Delivery[]>;
}

/** The configuration's `notify` section. */
export interface NotifySettings {
  readonly mail?: MailSettings | undefined;
  readonly webhooks: readonly WebhookSettings[];
  /** Are jobs that fail under cron told? */
  readonly failedJobs: boolean;
}

/** Who is told by mail, and by way of which server. */
export interface MailSettings {
  /** `robot@example.test` or `Name <robot@example.test>`. */
  readonly from: string;
  readonly to: readonly string[];
  /** The server's address, secrets filled in; see resources/notify/smtp-url.ts. */
  readonly smtp: string;
  /** Path of a file with certificates (PEM) that are trusted beside the usual ones. */
  readonly ca?: string | undefined;
}

/** The services whose webhooks are known; `json` is any other. */
export type WebhookKind = 'json' | 'dingtalk' | 'feishu' | 'wecom' | 'telegram' | 'ntfy';

/** A webhook. Which of the optional parts it needs or knows goes by its kind. */
export interface WebhookSettings {
  readonly kind: WebhookKind;
  /** What it is called in messages and in the list of what waits. */
  readonly name?: string | undefined;
  readonly url: string;
  /** Signs messages: DingTalk, Feishu. */
  readonly secret?: string | undefined;
  /** Telegram's bot; a bearer token of json and ntfy. */
  readonly token?: string | undefined;
  /** Telegram's chat. */
  readonly chat?: string | undefined;
}
