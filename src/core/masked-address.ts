/**
 * An address whose user's password is shown as stars, `https://me:***@example.test/`; a lone user name may be a token and
 * is so, too. Every other text stays as it is. For whatever is kept or shown.
 */
export function maskedAddress(text: string): string {
  const [, scheme, rest] = /^([\s\0-\x1f]*(?:https?:[/\\]*|[a-z][\w+.-]*:\/\/))([^]*)$/i.exec(text) ?? [];
  if (scheme === undefined || rest === undefined || !rest.includes('@')) return text;
  const authority = /^[^/?#\\]*/.exec(rest)?.[0] ?? '';
  // A password with a slash in it makes the whole no address: then all before the last @ is taken for it.
  const end = authority.includes('@') ? authority.lastIndexOf('@') : URL.canParse(text) ? -1 : rest.lastIndexOf('@');
  if (end < 0) return text;
  const colon = rest.slice(0, end).indexOf(':');
  return `${scheme}${colon < 0 ? '' : rest.slice(0, colon + 1)}***${rest.slice(end)}`;
}
