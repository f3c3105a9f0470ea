// A name before the address in angle brackets, or the address alone; what could begin another header is never in it.
const form = /^(?:[^<>\p{Cc}]*<([^<>\s@,;\p{Cc}]+@[^<>\s@,;\p{Cc}]+)>|([^<>\s@,;"\p{Cc}]+@[^<>\s@,;"\p{Cc}]+))$/u;

/** Is this `you@example.com` or `Name <you@example.com>`, one address and no more? */
export function isMailAddress(text: string): boolean {
  return form.test(text.trim());
}

/** The bare address of such a text. */
export function bareAddress(text: string): string {
  const found = form.exec(text.trim());
  return found?.[1] ?? found?.[2] ?? text;
}
