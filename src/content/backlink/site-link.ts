/** The site whose link is looked for. */
export interface SiteLink {
  /** In lower case, punycode, without `www.` and a dot at its end. */
  readonly host: string;
  /** Empty where it is the scheme's own. */
  readonly port: string;
  /** Without a slash at its end: empty where the whole host is the site. */
  readonly path: string;
}

/** Longer ones are no links that a person follows. */
export const longestAddress = 4096;

const standardPorts: readonly string[] = ['', '80', '443'];

/** Reads a host such as `blog.example.test` or an address such as `https://example.test/blog/`; null where it is neither. */
export function parseSiteLink(text: string): SiteLink | null {
  const trimmed = text.trim();
  const url = addressOf(/^(https?:)?\/\//i.test(trimmed) ? trimmed.replace(/^\/\//, 'http://') : `http://${trimmed}`);
  if (url === null || !isWeb(url) || url.username !== '' || !isWholeHost(url.hostname)) return null;
  return { host: plainHost(url.hostname), port: url.port, path: url.pathname.replace(/\/+$/, '') };
}

// A name without a dot is part of an address that was not written whole.
function isWholeHost(hostname: string): boolean {
  return /^[^.]+(\.[^.]+)+\.?$|^localhost$|^\[/.test(hostname);
}

/** Is the address one of the site's? Whether it is http or https does not matter. */
export function isAtSite(url: URL, site: SiteLink): boolean {
  if (!isWeb(url) || plainHost(url.hostname) !== site.host) return false;
  const isSamePort = standardPorts.includes(site.port) ? standardPorts.includes(url.port) : url.port === site.port;
  return isSamePort && (url.pathname === site.path || url.pathname.startsWith(`${site.path}/`));
}

/** A host as it is compared: `WWW.Example.Test.` is `example.test`. */
export function plainHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\.(?=.+\.)/, '');
}

/**
 * Do two hosts belong to the same people, as far as their names tell: their last two labels are the same, or three where
 * the last two are such as `com.cn`?
 */
export function isSameSite(one: URL, other: URL): boolean {
  return siteOf(one.hostname) === siteOf(other.hostname);
}

function siteOf(hostname: string): string {
  const host = plainHost(hostname);
  if (/^[\d.]+$|:/.test(host)) return host;
  const labels = host.split('.');
  const isWide = /^(ac|co|com|edu|gov|net|org)\.[a-z]{2}$/.test(labels.slice(-2).join('.'));
  return labels.slice(isWide ? -3 : -2).join('.');
}

/** The address that a text means, from a page's own address where there is one; null where it means none. */
export function addressOf(text: string, base?: string): URL | null {
  if (text.length > longestAddress) return null;
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

/** Does a browser fetch a page there? */
export function isWeb({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}
