/** A page that waits longer is meant to be read first. */
const longestWaitSeconds = 10;

/** Where `<meta http-equiv="refresh" content="0; url=…">` leads; null where it is no such tag, or one that reloads. */
export function refreshTarget(attributes: ReadonlyMap<string, string>): string | null {
  if (attributes.get('http-equiv')?.trim().toLowerCase() !== 'refresh') return null;
  const parts = /^\s*(\d{1,6})[\d.]*\s*[;,]\s*(?:url\s*=\s*)?(.+)$/is.exec(
    (attributes.get('content') ?? '').slice(0, 2000),
  );
  if (parts === null || Number(parts[1]) > longestWaitSeconds) return null;
  const target = (parts[2] ?? '').trim().replace(/^(["'])(.*?)\1?$/s, '$2');
  return target === '' ? null : target;
}
