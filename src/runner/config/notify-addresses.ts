import type { MailSettings, NotifySettings, WebhookKind, WebhookSettings } from '../../core/notify.ts';
import { messageOf } from '../../core/errors.ts';
import { webhookChannel } from '../../resources/notify/channel-name.ts';
import { bareAddress, isMailAddress } from '../../resources/notify/mail-address.ts';
import { parseSmtpUrl } from '../../resources/notify/smtp-url.ts';
import { isPlain } from './interpolate.ts';
import { at, type PlainProblem } from './issues.ts';
import type { ConfigPath } from './problems.ts';

/** Checks the addresses of those who are told, placeholders filled in. Their values are never shown: most are secrets. */
export function checkNotify(value: unknown): PlainProblem[] {
  const mail = at(value, ['notify', 'mail']);
  const webhooks = at(value, ['notify', 'webhooks']);
  return [
    ...(isMapping(mail) ? mailProblems(mail) : []),
    ...(Array.isArray(webhooks) ? allHookProblems(webhooks) : []),
  ];
}

/** What of the section must never be shown, also where it stands in the file as it is. */
export function notifySecrets({ mail, webhooks }: NotifySettings): string[] {
  return [...(mail === undefined ? [] : smtpSecrets(mail)), ...webhooks.flatMap(hookSecrets)];
}

/** Is the value at this place one that must not be shown? */
export function isNotifySecret(path: ConfigPath): boolean {
  return path[0] === 'notify' && ['smtp', 'url', 'secret', 'token'].includes(String(path[path.length - 1]));
}

/** Does the section, as written, hold a secret itself rather than a placeholder for one? Passwords in addresses aside. */
export function notifyHoldsSecret(raw: unknown): boolean {
  const webhooks = at(raw, ['notify', 'webhooks']);
  if (!Array.isArray(webhooks)) return false;
  return webhooks.some((one: unknown) => {
    if (isPlain(at(one, ['secret'])) || isPlain(at(one, ['token']))) return true;
    const url = at(one, ['url']);
    return typeof url === 'string' && partsOf(url).some(isPlain);
  });
}

type Mapping = Readonly<Record<string, unknown>>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const expectedMail = 'expected a mail address such as you@example.com or Name <you@example.com>';

function mailProblems({ from, to, smtp }: Mapping): PlainProblem[] {
  const problems: PlainProblem[] = [];
  const check = (value: unknown, path: ConfigPath): void => {
    if (typeof value === 'string' && value !== '' && !isMailAddress(value)) problems.push({ path, message: expectedMail });
  };
  check(from, ['notify', 'mail', 'from']);
  if (Array.isArray(to)) {
    const addresses = to.map((one) => (typeof one === 'string' ? bareAddress(one) : null));
    to.forEach((one, index) => {
      const path: ConfigPath = ['notify', 'mail', 'to', index];
      check(one, path);
      const isTwice = addresses[index] !== null && addresses.indexOf(addresses[index] ?? null) < index;
      if (isTwice) problems.push({ path, message: 'this address stands here twice' });
    });
  }
  if (typeof smtp !== 'string' || smtp === '') return problems;
  try {
    parseSmtpUrl(smtp);
  } catch (error) {
    problems.push({ path: ['notify', 'mail', 'smtp'], message: messageOf(error) });
  }
  return problems;
}

// By what each service's own addresses have in them.
const forms: Readonly<Record<string, { readonly is: (url: URL) => boolean; readonly expected: string }>> = {
  dingtalk: {
    is: (url) => (url.searchParams.get('access_token') ?? '') !== '',
    expected: 'expected an address such as https://oapi.dingtalk.com/robot/send?access_token=…',
  },
  feishu: {
    is: (url) => /\/hook\/[^/]+$/.test(url.pathname),
    expected: 'expected an address such as https://open.feishu.cn/open-apis/bot/v2/hook/…',
  },
  wecom: {
    is: (url) => (url.searchParams.get('key') ?? '') !== '',
    expected: 'expected an address such as https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
  },
  ntfy: {
    is: (url) => /\/[-_A-Za-z0-9]{1,64}$/.test(url.pathname),
    expected: 'expected the address of a topic such as https://ntfy.sh/my-topic',
  },
};

function allHookProblems(webhooks: readonly unknown[]): PlainProblem[] {
  const firstOf = new Map<string, number>();
  return webhooks.flatMap((one, index) => {
    if (!isMapping(one)) return [];
    const problems = hookProblems(one, index);
    const name = problems.length > 0 ? null : channelOf(one);
    const first = name === null ? undefined : firstOf.get(name);
    if (name !== null && first === undefined) firstOf.set(name, index);
    if (first === undefined) return problems;
    const message = `expected a channel of its own, but this and notify.webhooks[${first}] are both "${name}": give one another name, or take it out`;
    return [{ path: ['notify', 'webhooks', index], message }];
  });
}

// Null where the schema has something against it.
function channelOf({ kind, name, url, chat }: Mapping): string | null {
  const isText = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
  const address = typeof url === 'string' ? url : null;
  if (!isText(kind) || (name !== undefined && !isText(name)) || (address === null && !isText(chat))) return null;
  return webhookChannel({
    kind: kind as WebhookKind,
    name: name === undefined ? undefined : String(name),
    url: address ?? '',
    chat: isText(chat) ? String(chat) : undefined,
  });
}

/** A name is part of a column of 255 characters. */
const longestName = 100;

function hookProblems({ kind, name, url, secret, token }: Mapping, index: number): PlainProblem[] {
  const place: ConfigPath = ['notify', 'webhooks', index];
  const problems: PlainProblem[] = [];
  const isLine = (value: unknown): boolean => typeof value !== 'string' || !/\p{Cc}/u.test(value);
  if (!isLine(name) || (typeof name === 'string' && Array.from(name).length > longestName)) {
    problems.push({ path: [...place, 'name'], message: `expected one line of at most ${longestName} characters` });
  }
  if (!isLine(secret)) {
    problems.push({ path: [...place, 'secret'], message: 'expected one line without control characters' });
  }
  // It travels in a header, or in an address.
  if (typeof token === 'string' && token !== '' && !/^[\x21-\x7e]+$/.test(token)) {
    problems.push({ path: [...place, 'token'], message: 'expected one line of ASCII letters, digits and signs, without spaces' });
    return problems;
  }
  if (typeof url === 'string' && /^[^:]*:\/\/[^/?#]*@/.test(url)) {
    const message = 'expected an address without "user:password@", which no webhook takes: is it a token?';
    problems.push({ path: [...place, 'url'], message });
    return problems;
  }
  if (typeof url === 'string' && url !== '') {
    const form = forms[String(kind)];
    const message = form?.expected ?? 'expected an address such as https://example.com/hook';
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url) || form?.is(new URL(url)) === false) {
      problems.push({ path: [...place, 'url'], message });
    }
  }
  if (kind === 'telegram' && typeof token === 'string' && token !== '' && !/^\d+:[\w-]+$/.test(token)) {
    problems.push({ path: [...place, 'token'], message: 'expected the token of a bot such as 123456:AAbb…' });
  }
  return problems;
}

// Less would blacken words that stand everywhere.
const shortestPart = 8;

function hookSecrets({ url, secret = '', token = '' }: WebhookSettings): string[] {
  const whole = url.replace(/^[^:]*:\/\/[^/?#]*\/?/, '');
  return [secret, token, ...[whole, ...partsOf(url)].filter((part) => part.length >= shortestPart)];
}

/** The parts of a webhook's address that nobody else may know: the values of its query and the last name of its path. */
function partsOf(url: string): string[] {
  const [, path = '', query = ''] = /^[^:]*:\/\/[^/?#]*([^?#]*)\??([^#]*)/.exec(url) ?? [];
  const values = query.split('&').map((pair) => pair.slice(pair.indexOf('=') + 1));
  const last = path.split('/').at(-1) ?? '';
  return [...values, last === 'send' && values.some((value) => value !== '') ? '' : last].filter((part) => part !== '');
}

function smtpSecrets({ smtp }: MailSettings): string[] {
  try {
    const { password } = parseSmtpUrl(smtp);
    return password === null ? [] : [password];
  } catch {
    return [];
  }
}
