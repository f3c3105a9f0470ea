/**
 * Twelve hexadecimal digits that follow from a content: FNV-1a, run twice with different starts. It need not resist
 * anyone, only spread; another seed gives equal contents another id.
 */
export function idOf(content: string, seed = 0): string {
  const high = hash(content, 0x811c9dc5 + seed) & 0xffffff;
  const low = hash(content, 0x01000193 ^ seed) & 0xffffff;
  return high.toString(16).padStart(6, '0') + low.toString(16).padStart(6, '0');
}

function hash(content: string, start: number): number {
  let value = start;
  for (let at = 0; at < content.length; at++) value = Math.imul(value ^ content.charCodeAt(at), 0x01000193);
  return value ^ (value >>> 15);
}
