const longest = 2000;

/** An address for visitors, absolute and http(s); null where there is none in the text. */
export function webLink(text: string | null | undefined, base: string): string | null {
  if (typeof text !== 'string' || text.trim() === '') return null;
  try {
    // Escaped once too often, as within a CDATA section.
    const unescaped = text.trim().replace(/&(?:amp|#0{0,2}38|#x26);/gi, '&');
    const { protocol, hostname, href } = new URL(unescaped, base);
    const isWeb = (protocol === 'http:' || protocol === 'https:') && hostname !== '';
    return isWeb && href.length <= longest ? href.replaceAll("'", '%27') : null;
  } catch {
    return null;
  }
}
