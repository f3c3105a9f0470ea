import { isoUtc } from '../../core/host.ts';

/** What is known of a certificate that was not accepted: the earliest end and the latest beginning in its chain. */
export interface CertificateDates {
  readonly validFromMs: number;
  readonly validToMs: number;
}

const unknownIssuer = 'the certificate comes from an unknown authority, or its chain is incomplete';
const leafAlone = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';

const byCode: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not yet valid',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate comes from an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  [leafAlone]: 'the server sends its certificate without those above it, which browsers fetch for themselves',
  CERT_UNTRUSTED: unknownIssuer,
  CERT_REVOKED: 'the certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the server speaks no TLS there, or too old a version',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'the server speaks no TLS there',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'the server speaks only old versions of TLS',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'the server speaks only other versions of TLS',
  ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED: 'the server speaks only old versions of TLS',
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: 'the server has no certificate for this name',
  ERR_SSL_DH_KEY_TOO_SMALL: 'the key of the server is too weak',
  ERR_SSL_EE_KEY_TOO_SMALL: 'the key of the certificate is too weak',
  ERR_SSL_CA_MD_TOO_WEAK: 'the signature of the certificate is too weak',
};

/** Is the certificate perhaps one that a browser takes? Its issuer's was not sent, so that nobody here can tell. */
export function isHalfChain(code: string): boolean {
  return code === leafAlone;
}

/** What an error of TLS means, in words; null where it is none of TLS. */
export function tlsReason(error: unknown, code: string, message: string): string | null {
  const dates = datesOf(error);
  if (code === 'CERT_HAS_EXPIRED' && dates !== null) return `the certificate expired on ${day(dates.validToMs)}`;
  if (code === 'CERT_NOT_YET_VALID' && dates !== null) {
    return `the certificate is not valid before ${day(dates.validFromMs)}`;
  }
  const known = byCode[code];
  if (known !== undefined) return known;
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO' || message.includes('SSL routines')) {
    return `no TLS connection came about${code.startsWith('ERR_SSL_') ? ` (${wordsOf(code)})` : ''}`;
  }
  return /^(CERT_|ERR_TLS_|UNABLE_TO_|CRL_|INVALID_CA|PATH_LENGTH|HOSTNAME_MISMATCH|ERROR_IN_CERT)/.test(code)
    ? `the certificate is not trusted (${wordsOf(code)})`
    : null;
}

function datesOf(error: unknown): CertificateDates | null {
  return error instanceof Error && 'certificateDates' in error ? (error.certificateDates as CertificateDates) : null;
}

function day(ms: number): string {
  return isoUtc(ms).slice(0, 10);
}

function wordsOf(code: string): string {
  return code
    .replace(/^ERR_(SSL|TLS)_/, '')
    .toLowerCase()
    .replaceAll('_', ' ');
}
