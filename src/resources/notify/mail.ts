import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rootCertificates } from 'node:tls';
import { domainToASCII } from 'node:url';
import { createTransport } from 'nodemailer';
import { FailedError, messageOf } from '../../core/errors.ts';
import type { MailSettings, Message } from '../../core/notify.ts';
import { bareAddress } from './mail-address.ts';
import { mailFailure } from './mail-failure.ts';
import type { Attempt } from './open.ts';
import { parseSmtpUrl } from './smtp-url.ts';

/** A mail's way: from whom, by which server, to whom. */
export interface MailRoute {
  readonly mail: Omit<MailSettings, 'to'>;
  /** One address. */
  readonly to: string;
  /** The blog's name. */
  readonly blog: string;
  /** The folder that the path of `ca` is meant from. */
  readonly folder: string;
}

/**
 * How long each step of a conversation may take, and all of it. Some servers let a client wait before they greet it, and
 * look for spam before they say that they have a mail: who hangs up then sends it twice.
 */
export const mailTimeouts = { connectMs: 10_000, greetingMs: 20_000, silenceMs: 35_000, wholeMs: 55_000 };

/** Sends one mail to one address: plain text, UTF-8. What the server refuses is in the attempt's failure. */
export async function sendMail(
  { mail, to, blog, folder }: MailRoute,
  { subject, body, about, at }: Message,
  signal: AbortSignal,
  timeouts = mailTimeouts,
): Promise<Attempt> {
  const server = parseSmtpUrl(mail.smtp);
  const { host, port, tls, user, password } = server;
  const tooLate = AbortSignal.timeout(timeouts.wholeMs);
  const transport = createTransport({
    host,
    port,
    secure: tls === 'at-once',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'never',
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    tls: { ...trusted(mail.ca, folder), minVersion: 'TLSv1.2' },
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.silenceMs,
    dnsTimeout: timeouts.connectMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // A mail that comes twice, because we died before we could note the first, is known for one by this.
  const key = createHash('sha256').update([blog, about, at, subject, to].join('\0')).digest('hex').slice(0, 32);
  const [, domain = ''] = bareAddress(mail.from).split('@');
  try {
    await transport.sendMail({
      from: mail.from,
      to,
      subject,
      text: body,
      date: new Date(at),
      messageId: `<blogctl.${key}@${domainToASCII(domain) || 'localhost'}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal: AbortSignal.any([signal, tooLate]),
    });
    return { failure: null };
  } catch (error) {
    signal.throwIfAborted();
    return {
      failure: tooLate.aborted ? `it took longer than ${timeouts.wholeMs / 1000} s` : mailFailure(error, server),
    };
  } finally {
    transport.close();
  }
}

// Those that node trusts by itself (NODE_EXTRA_CA_CERTS among them) stay trusted.
function trusted(ca: string | undefined, folder: string): { readonly ca?: string[] } {
  if (ca === undefined) return {};
  const path = resolve(folder, ca);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
    const own = text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
    if (own.length === 0) throw new Error('there is no certificate in it (-----BEGIN CERTIFICATE-----)');
    own.forEach((certificate) => void new X509Certificate(certificate));
  } catch (error) {
    const reason = `the certificates of notify.mail.ca cannot be read: ${path}: ${messageOf(error)}`;
    throw new FailedError(reason, { cause: error });
  }
  return { ca: [...rootCertificates, text] };
}
