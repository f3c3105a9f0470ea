/** What servers have asked to be shown again in the course of one request: by host, by name. */
export type Cookies = ReadonlyMap<string, ReadonlyMap<string, string>>;

const mostCookies = 20;
const mostCharacters = 4096;

/**
 * Adds what a server has set on the way. Firewalls redirect to the same address and want their cookie back: without it
 * they would go in a circle. Nothing is kept from one request to the next.
 */
export function addCookies(cookies: Cookies, host: string, set: readonly string[]): Cookies {
  if (set.length === 0) return cookies;
  const ours = new Map(cookies.get(host) ?? []);
  for (const line of set.slice(0, mostCookies)) {
    const [, name = '', value = ''] = /^\s*([\w!#$%&'*.^`|~+-]+)=([\x21-\x3a\x3c-\x7e]*)\s*(?:;|$)/.exec(line) ?? [];
    if (name === '' || name.length + value.length > mostCharacters || ours.size >= mostCookies) continue;
    if (/;\s*max-age\s*=\s*(0|-\d+)\s*(;|$)/i.test(line)) ours.delete(name);
    else ours.set(name, value);
  }
  return new Map([...cookies, [host, ours]]);
}

/** The Cookie header for a host; empty where there is nothing to show. */
export function cookieHeader(cookies: Cookies, host: string): string {
  const pairs = [...(cookies.get(host) ?? [])].map(([name, value]) => `${name}=${value}`);
  return pairs.join('; ').slice(0, mostCharacters);
}
