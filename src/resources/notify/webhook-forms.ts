import { createHmac } from 'node:crypto';
import type { Message, WebhookKind, WebhookSettings } from '../../core/notify.ts';
import { cutBytes, cutUnits } from './plain-message.ts';

/** Who speaks, and when. */
interface Speaker {
  /** The blog's name. */
  readonly blog: string;
  /** The machine's. */
  readonly host: string;
  readonly nowMs: number;
}

interface WebhookRequest {
  readonly url: string;
  /** Sent as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a service wants a message, and how it says that it did not take it. */
interface WebhookForm {
  readonly request: (hook: WebhookSettings, message: Message, speaker: Speaker) => WebhookRequest;
  /** What the answer's document says against it; null where it says nothing. Some refuse with a status of 200. */
  readonly refusal: (answer: Readonly<Record<string, unknown>>) => string | null;
  /** How long the answer's document asks to be left alone, in milliseconds; null where it does not. */
  readonly pauseMs?: (answer: Readonly<Record<string, unknown>>) => number | null;
}

/** Every service's form; the sources are each service's own documentation. */
export const webhookForms: Readonly<Record<WebhookKind, WebhookForm>> = {
  json: {
    request: ({ url, token }, { subject, body, about, at }, { blog, host }) => ({
      url,
      body: { subject, body: cutBytes(body, 60_000), about, blog, host, at },
      ...bearer(token),
    }),
    refusal: () => null,
  },
  // https://open.dingtalk.com/document/robots/custom-robot-access: text of at most 20,000 bytes; the sign is
  // base64(HMAC-SHA256(key = secret, "<ms>\n<secret>")) in the query. Refusals come with 200 and an errcode.
  dingtalk: {
    request: ({ url, secret }, message, { nowMs }) => ({
      url:
        secret === undefined
          ? url
          : withQuery(url, { timestamp: String(nowMs), sign: hmac(secret, `${nowMs}\n${secret}`) }),
      body: { msgtype: 'text', text: { content: cutBytes(whole(message), 16_000) } },
    }),
    refusal: ({ errcode, errmsg }) => byCode(errcode, errmsg),
  },
  // https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: at most 20 KB; the sign is
  // base64(HMAC-SHA256(key = "<s>\n<secret>", "")) in the body. <at> in a text calls people.
  feishu: {
    request: ({ url, secret }, message, { nowMs }) => {
      const timestamp = String(Math.floor(nowMs / 1000));
      const text = cutBytes(whole(message).replace(/<(?=\/?at\b)/gi, '＜'), 16_000);
      const signed = secret === undefined ? {} : { timestamp, sign: hmac(`${timestamp}\n${secret}`, '') };
      return { url, body: { ...signed, msg_type: 'text', content: { text } } };
    },
    refusal: ({ code, msg }) => byCode(code, msg),
  },
  // https://developer.work.weixin.qq.com/document/path/91770: text of at most 2,048 bytes, 20 messages a minute.
  wecom: {
    request: ({ url }, message) => ({
      url,
      body: { msgtype: 'text', text: { content: cutBytes(whole(message), 2048) } },
    }),
    refusal: ({ errcode, errmsg }) => byCode(errcode, errmsg),
  },
  // https://core.telegram.org/bots/api#sendmessage: 1 to 4,096 characters; without a parse_mode it is plain text.
  telegram: {
    request: ({ url, token = '', chat = '' }, message) => ({
      url: `${url.replace(/\/$/, '')}/bot${token}/sendMessage`,
      body: { chat_id: chat, text: cutUnits(whole(message), 4096), link_preview_options: { is_disabled: true } },
    }),
    refusal: ({ ok, description, parameters }) => {
      if (ok === true) return null;
      if (ok === undefined && description === undefined) return 'its answer is not that of a bot';
      const chat = numberIn(parameters, 'migrate_to_chat_id');
      return chat === null ? textOf(description) : `${textOf(description)}; its number is now ${chat}`;
    },
    pauseMs: ({ parameters }) => {
      const seconds = numberIn(parameters, 'retry_after');
      return seconds === null ? null : seconds * 1000;
    },
  },
  // https://docs.ntfy.sh/publish/#publish-as-json: posted to the server's root, because a header holds no Chinese; a
  // message of more than 4,096 bytes would come as a file.
  ntfy: {
    request: ({ url, token }, { subject, body }) => {
      const [, root = '', topic = ''] = /^(.*\/)([^/?#]+)/.exec(url) ?? [];
      return { url: root, body: { topic, title: subject, message: cutBytes(body, 4000) }, ...bearer(token) };
    },
    // What was taken is answered with the message itself.
    refusal: ({ error, id }) => {
      if (error !== undefined) return textOf(error);
      return typeof id === 'string' ? null : 'its answer is not that of an ntfy server';
    },
  },
};

function whole({ subject, body }: Message): string {
  return body === '' ? subject : `${subject}\n${body}`;
}

function bearer(token: string | undefined): Pick<WebhookRequest, 'headers'> {
  return token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } };
}

function withQuery(address: string, values: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  return url.href;
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64');
}

// An answer without a code is none of the service's: a proxy, or an address that is not the robot's.
function byCode(code: unknown, text: unknown): string | null {
  if (code === 0) return null;
  return typeof code === 'number' ? `${code} ${textOf(text)}` : 'its answer is not that of a robot';
}

function numberIn(parameters: unknown, name: string): number | null {
  const value: unknown = typeof parameters === 'object' && parameters !== null ? Reflect.get(parameters, name) : null;
  return typeof value === 'number' ? value : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : 'it does not say why';
}
