import { acceptedEncodings } from './decompress.ts';

// What the client itself answers for.
const ours: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'expect',
  'keep-alive',
  'te',
  'upgrade',
]);

const token = /^[\w!#$%&'*+.^`|~-]+$/;
const value = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * The headers that a request brings along, names in lower case. What would be no header is left out: an ETag that a
 * server made of Chinese cannot be sent back.
 */
export function givenHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const named = Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text.trim()] as const);
  return Object.fromEntries(named.filter(([name, text]) => token.test(name) && !ours.has(name) && value.test(text)));
}

/** The headers of every request, as far as it does not say otherwise. */
export function usualHeaders(userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
    'accept-encoding': acceptedEncodings,
  };
}

/** Who we say we are: `blogctl/1.2.3 (+https://blog.example.test)`, or what the configuration says. */
export function userAgentOf({
  userAgent,
  version,
  blogUrl,
}: {
  readonly userAgent?: string | undefined;
  readonly version: string;
  readonly blogUrl: string | null;
}): string {
  const name = userAgent ?? `blogctl/${version}${blogUrl === null ? '' : ` (+${blogUrl})`}`;
  return name.replace(/[^\x20-\x7e]/g, '').trim();
}
