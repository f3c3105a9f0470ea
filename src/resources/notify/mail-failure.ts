import { messageOf } from '../../core/errors.ts';
import type { SmtpServer } from './smtp-url.ts';

/** Why a mail could not be sent, in words: nodemailer's codes and node's. */
export function mailFailure(error: unknown, { host, port, tls }: SmtpServer): string {
  const { code, reason, timeout, response, command } = partsOf(error);
  const where = `${host}:${port}`;
  const said = response === '' ? '' : `: ${response}`;
  const certificate = certificateFaults[reason];
  if (certificate !== undefined) return `${where} has no certificate that can be trusted: ${certificate}`;
  if (reason === 'ECONNREFUSED') return `nobody accepts connections at ${where}`;
  if (reason === 'ENOTFOUND' || code === 'EDNS') return `the name ${host} has no address`;
  if (code === 'ETIMEDOUT' || reason === 'ETIMEDOUT') {
    return timeout === 'GREETING_TIMEOUT'
      ? `${where} accepts the connection, but does not say a word`
      : `${where} does not answer in time`;
  }
  if (code === 'EAUTH' || code === 'ENOAUTH') {
    const isLater = response.startsWith('4');
    return `${where} ${isLater ? 'cannot check the user and the password now' : 'refuses the user or the password'}${said}`;
  }
  if (/^53\d.*\bSTARTTLS\b|^538/i.test(response))
    return `${where} wants STARTTLS: write smtp+starttls:// (it said ${response})`;
  if (response.startsWith('530')) {
    return `${where} wants a user and a password: write them before its name, user:password@ (it said ${response})`;
  }
  // Not a word of ours yet, and it has enough: too many connections, or an address that it does not like.
  if (messageOf(error).startsWith('Invalid greeting')) return `${where} turns us away${said}`;
  // Of the sender's command too, 452 and 552 are a matter of space.
  const isOfSpace = /^[45]52/.test(response) && command === 'MAIL FROM';
  if (code === 'EENVELOPE' && command !== 'DATA' && !isOfSpace)
    return `${where} refuses ${command === 'MAIL FROM' ? 'the sender' : 'the recipient'}${said}`;
  if (code === 'EMESSAGE' || code === 'EENVELOPE') return `${where} refuses the message${said}`;
  if (code === 'ETLS') {
    const hint = tls === 'required' ? ' (it may offer no STARTTLS: is it smtps://?)' : '';
    return `${where} cannot be talked to securely${hint}${said || `: ${messageOf(error)}`}`;
  }
  if (/wrong version number|packet length too long/i.test(messageOf(error))) {
    return `${where} speaks no TLS at once: write smtp+starttls:// in place of smtps://`;
  }
  if (['ECONNRESET', 'EPIPE'].includes(reason) || code === 'ECONNECTION')
    return `${where} broke off the connection${said}`;
  return `${where}: ${messageOf(error)}`;
}

const certificateFaults: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it has signed it itself; name it in notify.mail.ca',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not known here; name it in notify.mail.ca',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not known here, or the server sends only half of its chain',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known here; name it in notify.mail.ca',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known here; name it in notify.mail.ca',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
  CERT_REVOKED: 'it was revoked',
};

interface Parts {
  /** nodemailer's. */
  readonly code: string;
  /** node's own, where nodemailer has put its code over it. */
  readonly reason: string;
  /** Which of nodemailer's time-outs it was. */
  readonly timeout: string;
  readonly response: string;
  readonly command: string;
}

function partsOf(error: unknown): Parts {
  const told = (name: string): string => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return {
    code: told('code'),
    reason: told('originalCode'),
    timeout: told('timeoutType'),
    response: told('response').replace(/\s+/g, ' '),
    command: told('command'),
  };
}
