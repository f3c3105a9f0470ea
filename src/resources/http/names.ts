import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { lookupsAtOnce } from '../../core/threads.ts';
import { within } from '../../core/within.ts';
import type { AddressRules } from './address-rules.ts';
import { NotAllowed } from './failures.ts';

/** One address of a name. */
export interface NameAddress {
  readonly address: string;
  readonly family: number;
}

/** Asks for all addresses of a name; throws an error with a code such as ENOTFOUND. */
export type Resolve = (hostname: string) => Promise<readonly NameAddress[]>;

/** What names mean, for the length of a run. */
export interface Names {
  /**
   * The addresses of a host, all of them checked: where one is not allowed, none is given and NotAllowed is thrown.
   * An address in the host's place is checked like any other.
   */
  readonly addressesOf: (host: string, rules: AddressRules) => Promise<readonly NameAddress[]>;
}

// getaddrinfo blocks a thread: one more than there are threads for would wait there while its time runs. A lookup cannot
// be ended: its thread is gone until the system gives up, which may take a minute. A dead name server must not make others
// late: who waits for a name holds no place and no time runs.
const keptMs = 300_000;
const longestLookupMs = 10_000;
// More are never tried in the time that a request has.
const mostAddresses = 8;

/** The system's own answer, /etc/hosts included. */
const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true });

/** Names that are asked for once. */
export function openNames(
  elapsedMs: () => number,
  resolve: Resolve = systemResolve,
  { longestMs = longestLookupMs } = {},
): Names {
  const known = new Map<string, { readonly untilMs: number; readonly addresses: readonly NameAddress[] }>();
  const asked = new Map<string, Promise<readonly NameAddress[]>>();
  const waiting: (() => void)[] = [];
  let running = 0;

  const ask = async (host: string): Promise<readonly NameAddress[]> => {
    if (running >= lookupsAtOnce) await new Promise<void>((go) => waiting.push(go));
    else running++;
    return within(lookUp(host), longestMs, tooLate);
  };

  const lookUp = async (host: string): Promise<readonly NameAddress[]> => {
    try {
      const addresses = await resolve(host);
      if (addresses.length === 0) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
      known.set(host, { untilMs: elapsedMs() + keptMs, addresses });
      return addresses;
    } finally {
      asked.delete(host);
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };

  const resolved = (host: string): Promise<readonly NameAddress[]> => {
    const before = known.get(host);
    if (before !== undefined && before.untilMs > elapsedMs()) return Promise.resolve(before.addresses);
    const asking = asked.get(host) ?? ask(host);
    asked.set(host, asking);
    return asking;
  };

  return {
    addressesOf: async (host, rules) => {
      const family = isIP(host);
      const addresses = family === 0 ? await resolved(host) : [{ address: host, family }];
      for (const { address } of addresses) {
        const whyNot = rules(address);
        if (whyNot !== null)
          throw new NotAllowed(family === 0 ? `its address ${address} ${whyNot}` : `${address} ${whyNot}`);
      }
      return addresses.slice(0, mostAddresses);
    },
  };
}

function tooLate(): Error {
  return Object.assign(new Error('the lookup takes too long'), { code: 'BLOGCTL_SLOW_NAME' });
}
