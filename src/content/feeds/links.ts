const longest = 2000;

/** An address for visitors, absolute and http(s); null where there is none in the text. */
export function webLink(text: string | null | undefined, base: string): string | null {
  if (typeof text !== 'string' || text.trim() === '') return null;
  try {
    const { protocol, hostname, href } = new URL(text.trim(), base);
    const isWeb = (protocol === 'http:' || protocol === 'https:') && hostname !== '';
    return isWeb && href.length <= longest ? href.replaceAll("'", '%27') : null;
  } catch {
    return null;
  }
}
