import { isBadPort } from './bad-ports.ts';

/** An address that may be asked as far as its text tells, or why it may not, without a secret that stands in it. */
export type Target = { readonly url: URL; readonly whyNot: null } | { readonly url: null; readonly whyNot: string };

const mostCharacters = 8192;

/**
 * Reads what a stranger typed as an address, or a Location relative to `base`. The host's numbers in decimal, octal and
 * hexadecimal come out as the address that they mean, names in other scripts as `xn--…`, without a dot at the end.
 */
export function targetOf(text: string, { base, anyPort = false }: { base?: URL; anyPort?: boolean } = {}): Target {
  if (text.length > mostCharacters) return refused(`an address of ${text.length} characters`);
  const url = parse(text, base);
  if (url === null)
    return refused(/^\s*[a-z]+:/i.test(text) || base !== undefined ? 'no address' : 'no http:// in front');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refused(`${schemeOf(url)} is not http`);
  if (url.username !== '' || url.password !== '')
    return refused('an address with a user name in it: expected one without');
  if (!anyPort && isBadPort(url.port === '' ? null : Number(url.port))) {
    return refused(`nobody serves pages at port ${url.port}`);
  }
  if (/[^.]\.$/.test(url.hostname)) url.hostname = url.hostname.slice(0, -1);
  url.hash = '';
  return { url, whyNot: null };
}

/** The host as it is connected to: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** An address without the user name and the password that may stand in it. */
export function withoutUser(text: string): string {
  const url = parse(text, undefined);
  if (url === null || (url.username === '' && url.password === '')) return text;
  url.username = '';
  url.password = '';
  return url.href;
}

function parse(text: string, base: URL | undefined): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

// What stands before a colon may be anything, the user name of an address without a scheme included.
function schemeOf(url: URL): string {
  return ['javascript:', 'file:', 'ftp:', 'data:', 'mailto:', 'gopher:', 'ws:', 'wss:'].includes(url.protocol)
    ? url.protocol
    : 'its scheme';
}

function refused(whyNot: string): Target {
  return { url: null, whyNot };
}
