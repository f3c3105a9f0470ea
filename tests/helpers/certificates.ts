import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate with its key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly name: string;
  readonly privateKey: KeyObject;
}

/** What a certificate says; by default it is valid from 2020 to 2090. */
export interface CertificateOptions {
  /** Names and IPv4 addresses that it is for; the first is its subject too. */
  readonly names: readonly string[];
  readonly validFrom?: string;
  readonly validTo?: string;
  /** Whose key signs it; its own by default. */
  readonly issuer?: Certificate;
  readonly isAuthority?: boolean;
}

/** Makes a certificate of X.509 with a new key, so that no key need lie in a repository. */
export function makeCertificate(options: CertificateOptions): Certificate {
  const { names, validFrom = '2020-01-01', validTo = '2090-01-01', issuer, isAuthority = false } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [name = ''] = names;
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, ...Buffer.from(`${name}${validTo}`).subarray(0, 12)])),
    ecdsaWithSha256,
    distinguished(issuer?.name ?? name),
    der(0x30, time(validFrom), time(validTo)),
    distinguished(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, ...(isAuthority ? [authority] : []), alternative(names))),
  );
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey);
  const certificate = der(0x30, body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  return {
    cert: pem(certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    name,
    privateKey,
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

const ecdsaWithSha256 = der(0x30, objectId('2a8648ce3d040302'));

const authority = der(
  0x30,
  objectId('551d13'),
  der(0x01, Buffer.from([0xff])),
  der(0x04, der(0x30, der(0x01, Buffer.from([0xff])))),
);

function distinguished(commonName: string): Buffer {
  return der(0x30, der(0x31, der(0x30, objectId('550403'), der(0x0c, Buffer.from(commonName)))));
}

// UTCTime has two digits for the year, and ends in 2049.
function time(day: string): Buffer {
  const digits = `${day.replaceAll('-', '')}000000Z`;
  return day < '2050' ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}

function alternative(names: readonly string[]): Buffer {
  const entries = names.map((name) =>
    isIP(name) === 4 ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)),
  );
  return der(0x30, objectId('551d11'), der(0x04, der(0x30, ...entries)));
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
