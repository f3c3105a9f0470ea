import { isIP, type LookupFunction, type Socket } from 'node:net';
import type { PeerCertificate, TLSSocket, DetailedPeerCertificate } from 'node:tls';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { anyAddress, type AddressRules } from './address-rules.ts';
import { NotAllowed } from './failures.ts';
import type { Names } from './names.ts';
import type { CertificateDates } from './tls-reasons.ts';

/** Open connections, in groups that share nothing: a stranger's address never gets one that was made for the owner's. */
export interface Connections {
  readonly dispatcherFor: (kind: { readonly isTrusted: boolean; readonly verifyTls: boolean }) => Dispatcher;
  /** Ends them all, whatever they are doing. */
  readonly close: () => Promise<void>;
}

/** What connections need to know. */
export interface ConnectionsOptions {
  readonly names: Names;
  /** For addresses of strangers. */
  readonly rules: AddressRules;
  readonly connectTimeoutMs: number;
}

/** The most that the headers of an answer may take. */
export const mostHeaderBytes = 64 * 1024;

// Servers keep an idle connection for five seconds at least: ours is gone before theirs.
const keepIdleMs = 2000;
// Node's own 250 ms give up hosts across an ocean.
const nextAddressAfterMs = 2500;

/** Opens nothing yet. Proxies that the environment names are not used: they would look names up by themselves. */
export function openConnections(options: ConnectionsOptions): Connections {
  const sockets = new Set<Socket>();
  const agents = new Map<string, Agent>();
  const dispatcherFor: Connections['dispatcherFor'] = ({ isTrusted, verifyTls }) => {
    const key = `${isTrusted} ${verifyTls}`;
    const known = agents.get(key);
    if (known !== undefined) return known;
    const rules = isTrusted ? anyAddress : options.rules;
    const agent = new Agent({
      connect: connector({ ...options, rules }, verifyTls, sockets),
      maxHeaderSize: mostHeaderBytes,
      keepAliveTimeout: keepIdleMs,
      keepAliveMaxTimeout: keepIdleMs,
      // Each request has its own time, and it is kept outside.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    agents.set(key, agent);
    return agent;
  };
  return {
    dispatcherFor,
    close: async () => {
      const ends = [...agents.values()].map((agent) => agent.destroy());
      // One that is still being made belongs to no agent yet.
      for (const socket of sockets) socket.destroy();
      await Promise.all(ends);
    },
  };
}

// Lookup and check are one step of making the connection: what was checked is what is connected to.
function connector(
  { names, rules, connectTimeoutMs }: ConnectionsOptions,
  verifyTls: boolean,
  sockets: Set<Socket>,
): buildConnector.connector {
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
  const connect = buildConnector({
    lookup,
    rejectUnauthorized: verifyTls,
    timeout: connectTimeoutMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
  });
  return (options, done) => {
    // An address in the name's place is never looked up.
    const whyNot = isIP(options.hostname) === 0 ? null : rules(options.hostname);
    if (whyNot !== null) {
      queueMicrotask(() => done(new NotAllowed(`${options.hostname} ${whyNot}`), null));
      return;
    }
    let dates: CertificateDates | null = null;
    // The connector returns the socket, though its type does not say so.
    const socket = connect(options, (error, connected) => {
      if (error === null) done(null, connected);
      else done(dates === null ? error : Object.assign(error, { certificateDates: dates }), null);
    }) as unknown as Socket;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // After a refusal the certificate is gone: its dates are read before anybody judges.
    socket.prependListener('secure', () => (dates = datesOf(socket as TLSSocket)));
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
