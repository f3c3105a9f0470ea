/** What somebody is to be told. */
export interface Message {
  /** One line; a mail's subject, the first line of a chat's message. */
  readonly subject: string;
  /** Plain text, lines parted by \n. */
  readonly body: string;
}

/** What became of a message on one channel. */
export interface Delivery {
  /** Such as `mail to owner@example.test` or `dingtalk on oapi.dingtalk.com`; without secrets. */
  readonly channel: string;
  /** Null where it arrived; else why not, in words. */
  readonly failure: string | null;
}

/**
 * Tells people: by mail and by webhooks, as the configuration's `notify` section says. A dry run cannot send.
 * Implemented in resources/notify.
 */
export interface Notifier {
  /** What would be told; empty where the configuration names nobody. */
  readonly channels: readonly string[];
  /** Tells every channel. What a channel refuses is in its delivery; nothing is thrown for it. */
  readonly send: (message: Message) => Promise<readonly Delivery[]>;
}
