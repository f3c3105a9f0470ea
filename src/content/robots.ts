/**
 * A robots.txt, read as RFC 9309 says: groups by the robot's name, in whatever capitals; groups of the same name are one;
 * the longest rule that fits decides, and of two the one that allows.
 */
export interface Robots {
  /** May this robot fetch an address? `path` is its path with its query. */
  readonly isAllowed: (robot: string, path: string) => boolean;
}

interface Rule {
  readonly isAllowing: boolean;
  readonly pattern: string;
}

/** What of a file is read (RFC 9309, 2.5): 500 kibibytes. */
export const mostRobotsBytes = 500 * 1024;

/** Reads a robots.txt. Lines that are none of its words are passed over. */
export function parseRobots(text: string): Robots {
  const groups = new Map<string, Rule[]>();
  let names: string[] = [];
  let isInRules = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const [, word = '', value = ''] = /^\s*([a-z-]+)\s*:\s*([^#]*)/i.exec(line) ?? [];
    const key = word.toLowerCase();
    if (key === 'user-agent') {
      if (isInRules) names = [];
      isInRules = false;
      names.push(nameOf(value));
      for (const name of names) if (!groups.has(name)) groups.set(name, []);
    } else if (key === 'allow' || key === 'disallow') {
      isInRules = true;
      const pattern = inOneForm(value.trim());
      // "Disallow:" alone forbids nothing.
      if (pattern !== '') for (const name of names) groups.get(name)?.push({ isAllowing: key === 'allow', pattern });
    }
  }
  return {
    isAllowed: (robot, path) => {
      const rules = groups.get(robot.toLowerCase()) ?? groups.get('*') ?? [];
      const asked = inOneForm(path);
      let best: Rule | null = null;
      for (const rule of rules) {
        if (!isFitting(rule.pattern, asked)) continue;
        const isBetter =
          best === null ||
          rule.pattern.length > best.pattern.length ||
          (rule.pattern.length === best.pattern.length && rule.isAllowing);
        if (isBetter) best = rule;
      }
      return best?.isAllowing ?? true;
    },
  };
}

// `Baiduspider/2.0` and `Baiduspider (comment)` mean the same robot.
function nameOf(value: string): string {
  const name = value.trim();
  return name.startsWith('*') ? '*' : (/^[a-z_-]*/i.exec(name)?.[0] ?? '').toLowerCase();
}

// The same address may be written in many ways: octets are compared (RFC 9309, 2.2.2).
function inOneForm(path: string): string {
  return withPlainEscapes(
    path.replace(/[^\u0021-\u007e]+/gu, (signs) => encodeURIComponent(signs.replace(/\p{Cs}/gu, '\uFFFD'))),
  );
}

/** A text whose percent-escapes are in capitals and only where needed: what an address may hold bare stands bare. */
export function withPlainEscapes(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (escaped) => {
    const sign = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(sign) ? sign : escaped.toUpperCase();
  });
}

// Each piece between stars is looked for behind the one before: the first place that fits is as good as any.
function isFitting(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const [first = '', ...rest] = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  if (rest.length === 0) return !isWhole || path === first;
  let at = first.length;
  const last = rest.pop() ?? '';
  for (const piece of rest) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return isWhole ? path.length - last.length >= at && path.endsWith(last) : path.indexOf(last, at) >= 0;
}
