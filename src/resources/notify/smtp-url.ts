import { ConfigurationError } from '../../core/errors.ts';

/** A mail server, and how it is to be talked to. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** `at-once`: TLS from the first byte; `required`: STARTTLS or nothing; `offered`: STARTTLS where the server has it. */
  readonly tls: 'at-once' | 'required' | 'offered' | 'never';
  readonly user: string | null;
  readonly password: string | null;
}

const forms = 'smtps://user:password@host, smtp+starttls://user:password@host or smtp://host';

/**
 * Reads the address of a mail server: `smtps://` is TLS from the first byte (port 465), `smtp+starttls://` is upgraded
 * or not used at all (587), `smtp://` is upgraded where the server offers it (25, with a user 587). With a user
 * `smtp://` insists on the upgrade as well, because a password must not travel in the clear, unless
 * `?requireTls=false` says that it may. On this machine itself `smtp://` is not upgraded: nobody listens in, and
 * the certificate of a mail server on localhost is seldom one that holds.
 * Throws a ConfigurationError that does not show the address.
 */
export function parseSmtpUrl(text: string): SmtpServer {
  const [, scheme = ''] = /^([a-z+]+):\/\//i.exec(text) ?? [];
  const kind = scheme.toLowerCase();
  if (!['smtp', 'smtps', 'smtp+starttls'].includes(kind) || !URL.canParse(text)) {
    throw new ConfigurationError(`expected the address of a mail server: ${forms}`);
  }
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (host === '' || !/^[^\s%]+$/.test(host))
    throw new ConfigurationError('the address of the mail server names no host');
  if (!/^\/?$/.test(url.pathname) || url.hash !== '') {
    throw new ConfigurationError(
      'the address of the mail server has something behind its host; characters such as / and # in a password are written %2F and %23',
    );
  }
  const user = decode(url.username);
  const password = decode(url.password);
  if (password !== null && user === null)
    throw new ConfigurationError('the address of the mail server has a password but no user');
  const requireTls = readRequireTls(url);
  const port = url.port === '' ? { smtps: 465, 'smtp+starttls': 587 }[kind] : Number(url.port);
  return { host, port: port ?? (user === null ? 25 : 587), tls: tlsOf(kind, host, user, requireTls), user, password };
}

function readRequireTls(url: URL): boolean | null {
  const names = [...url.searchParams.keys()];
  const unknown = names.find((name) => name !== 'requireTls');
  if (unknown !== undefined)
    throw new ConfigurationError('the address of a mail server knows only ?requireTls=true or false');
  const value = url.searchParams.get('requireTls');
  if (value !== null && value !== 'true' && value !== 'false') {
    throw new ConfigurationError('requireTls: expected true or false');
  }
  return value === null ? null : value === 'true';
}

function tlsOf(kind: string, host: string, user: string | null, requireTls: boolean | null): SmtpServer['tls'] {
  if (kind === 'smtps') return 'at-once';
  if (kind === 'smtp+starttls' || requireTls === true) return 'required';
  if (/^(localhost|127\.\d+\.\d+\.\d+|::1)$/i.test(host)) return 'never';
  return user !== null && requireTls === null ? 'required' : 'offered';
}

function decode(part: string): string | null {
  if (part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ConfigurationError("the mail server's user or password has a % that begins no character; write it %25");
  }
}
