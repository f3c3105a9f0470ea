import { isIP, type LookupFunction, type Socket } from 'node:net';
import type { DetailedPeerCertificate, PeerCertificate, TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import build from 'undici/lib/core/connect.js';
import type { ConnectionsOptions } from './connections.ts';
import { NotAllowed } from './failures.ts';
import type { CertificateDates } from './tls-reasons.ts';

/** Gives each connection its own way to be made, and to be given up while it is being made. */
export type Connector = () => { readonly connect: buildConnector.connector; readonly abandon: () => void };

/** What a group of connections is made by. */
export interface ConnectorOptions extends ConnectionsOptions {
  readonly verifyTls: boolean;
}

// Node's own 250 ms give up hosts across an ocean.
const nextAddressAfterMs = 2500;

/**
 * Opens a way to connect for one group of connections. Lookup and check are one step of making a connection: what was
 * checked is what is connected to. Proxies that the environment names are not used.
 */
export function openConnector({ names, rules, connectTimeoutMs, verifyTls, ca }: ConnectorOptions): Connector {
  const lookup: LookupFunction = (hostname, { all }, done) => {
    const give = async (): Promise<void> => {
      try {
        const addresses = await names.addressesOf(hostname, rules);
        const [first] = addresses;
        if (all === true) done(null, [...addresses]);
        else done(null, first?.address ?? '', first?.family ?? 4);
      } catch (error) {
        done(error as NodeJS.ErrnoException, []);
      }
    };
    void give();
  };
  const connect = build({
    lookup,
    rejectUnauthorized: verifyTls,
    ...(ca === undefined ? {} : { ca }),
    timeout: connectTimeoutMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
  });
  return () => {
    let socket: Socket | undefined;
    return {
      connect: (options, done) => {
        // An address in the name's place is never looked up.
        const whyNot = isIP(options.hostname) === 0 ? null : rules(options.hostname);
        if (whyNot !== null) {
          queueMicrotask(() => done(new NotAllowed(`${options.hostname} ${whyNot}`), null));
          return;
        }
        let dates: CertificateDates | null = null;
        const made = connect(options, (error, connected) => {
          if (error === null) done(null, connected);
          else done(dates === null ? error : Object.assign(error, { certificateDates: dates }), null);
        });
        socket = made;
        // After a refusal the certificate is gone: its dates are read before anybody judges.
        if (options.protocol === 'https:')
          made.prependListener('secure', () => void (dates = datesOf(made as TLSSocket)));
      },
      abandon: () => void socket?.destroy(),
    };
  };
}

// One of the chain has expired: that whose end comes first.
function datesOf(socket: TLSSocket): CertificateDates | null {
  const leaf: PeerCertificate = socket.getPeerCertificate(true);
  let [validFromMs, validToMs] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let certificate: Partial<DetailedPeerCertificate> | undefined = leaf;
  for (let depth = 0; depth < 10 && certificate?.valid_to !== undefined; depth++) {
    validFromMs = Math.max(validFromMs, Date.parse(certificate.valid_from ?? ''));
    validToMs = Math.min(validToMs, Date.parse(certificate.valid_to));
    if (certificate.issuerCertificate === certificate) break;
    certificate = certificate.issuerCertificate;
  }
  return Number.isFinite(validFromMs) && Number.isFinite(validToMs) ? { validFromMs, validToMs } : null;
}
