import { isIP } from 'node:net';

/** Whether a text is an address or a network: `192.168.7.4`, `192.168.7.0/24`, `fd00::/8`. */
export function isNetwork(text: string): boolean {
  const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  // A zone's name belongs to a machine, not to an address.
  if (version === 0 || address.includes('%')) return false;
  return bits === undefined || Number(bits) <= (version === 4 ? 32 : 128);
}
