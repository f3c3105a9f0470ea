import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;
type Network = [Address, number];

/** Says of an address why it must not be connected to; null where it may. */
export type AddressRules = (address: string) => string | null;

/** For addresses of the owner's own: everything may be connected to. */
export const anyAddress: AddressRules = () => null;

/**
 * For addresses of strangers: public ones only, and those of the given networks. What is no public unicast by IANA's
 * registries is refused, IPv6 addresses that carry an IPv4 one included (mapped, compatible, NAT64, 6to4, Teredo).
 */
export function publicAddresses(allowPrivate: readonly string[]): AddressRules {
  const allowed = allowPrivate.map(networkOf);
  return (text) => {
    const address = parse(text);
    if (address === null) return 'is no address';
    if (allowed.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits)))
      return null;
    return whyNotPublic(address);
  };
}

function networkOf(text: string): Network {
  const [address = '', bits] = text.split('/');
  const parsed = ipaddr.parse(address);
  const given = bits === undefined ? parsed.toByteArray().length * 8 : Number(bits);
  const plain = ipaddr.process(address);
  // ::ffff:192.168.7.0/120 is 192.168.7.0/24.
  return plain.kind() !== parsed.kind() && given >= mappedBits ? [plain, given - mappedBits] : [parsed, given];
}

const mappedBits = 96;

// process() turns ::ffff:1.2.3.4 into 1.2.3.4, which is where a connection to it would go.
function parse(text: string): Address | null {
  try {
    return ipaddr.process(text.replace(/%.*$/, ''));
  } catch {
    return null;
  }
}

const words: Readonly<Record<string, string>> = {
  loopback: 'is this machine itself',
  unspecified: 'is this machine itself',
  private: 'is a private address',
  uniqueLocal: 'is a private address',
  carrierGradeNat: 'is a private address',
  linkLocal: 'is a link-local address',
  multicast: 'is a multicast address',
  broadcast: 'is a broadcast address',
};

// Azure's machine services answer at a public address.
const hostServices: readonly Network[] = [networkOf('168.63.129.16')];
// All that IANA has given out for unicast in IPv6.
const globalUnicast = networkOf('2000::/3');

function whyNotPublic(address: Address): string | null {
  const range = address.range();
  if (range !== 'unicast') return words[range] ?? 'is no public address';
  if (address.kind() === 'ipv6') return address.match(...globalUnicast) ? null : 'is no public address';
  return hostServices.some((network) => address.match(...network)) ? "is a cloud's own address" : null;
}
