import { readFileSync } from 'node:fs';
import { messageOf } from '../../core/errors.ts';
import type { Host } from '../../core/host.ts';
import type { ConfigPath } from './problems.ts';

/** What interpolation made of a configuration. */
export interface Interpolated {
  readonly value: unknown;
  /** Values that must never be shown. */
  readonly secrets: readonly string[];
  /** Names of the environment variables that were asked for. */
  readonly environmentNames: readonly string[];
  readonly problems: readonly { readonly path: ConfigPath; readonly message: string }[];
}

// Two dollars before a brace are one that is only text.
const placeholder = /\$\$\{|\$\{(?:(env|file):)?([^}]*)\}/g;
const secretName = /pass|pwd|secret|token|key|credential/i;

/**
 * Puts the values of `${env:NAME}` and `${file:/path}` into the strings of a parsed configuration. It works on the
 * parsed strings, so a value can never become structure. In the user part of a URL the value is percent-encoded:
 * passwords are given as they are. `$${env:NAME}` stays as the text `${env:NAME}`.
 */
export function interpolate(value: unknown, host: Host): Interpolated {
  const secrets: string[] = [];
  const environmentNames = new Set<string>();
  const problems: { path: ConfigPath; message: string }[] = [];
  const walk = (part: unknown, path: ConfigPath): unknown => {
    if (typeof part === 'string') return fill(part, path);
    if (Array.isArray(part)) return part.map((item: unknown, index) => walk(item, [...path, index]));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, walk(item, [...path, key])]));
  };
  const fill = (text: string, path: ConfigPath): string => {
    const endOfUserPart = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text.lastIndexOf('@') : -1;
    return text.replace(placeholder, (whole: string, kind: string | undefined, name: string, at: number) => {
      if (whole === '$${') return '${';
      if (kind === undefined) {
        const known = 'known are ${env:NAME} and ${file:/path}';
        problems.push({ path, message: `unknown placeholder "${whole}"; ${known}; write $\${ for a plain \${` });
        return '';
      }
      if (kind === 'env') environmentNames.add(name);
      const found = kind === 'env' ? fromEnvironment(name, host) : fromFile(name);
      if ('problem' in found) {
        problems.push({ path, message: found.problem });
        return '';
      }
      const isUserPart = at < endOfUserPart;
      if (kind === 'file' || isUserPart || secretName.test(name)) secrets.push(found.value);
      return isUserPart ? encodeURIComponent(found.value) : found.value;
    });
  };
  return { value: walk(value, []), secrets, environmentNames: [...environmentNames], problems };
}

/** Does a value of the file, as written, hold anything but placeholders? */
export function isPlain(raw: unknown): boolean {
  if (raw === undefined || raw === null) return false;
  return typeof raw !== 'string' || raw.replace(/\$\{[^}]*\}/g, '') !== '';
}

type Found = { readonly value: string } | { readonly problem: string };

function fromEnvironment(name: string, host: Host): Found {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return { problem: `"${name}" is no name of an environment variable` };
  const value = host.variables[name];
  if (value === undefined) return { problem: `the environment variable ${name} is not set` };
  return { value };
}

function fromFile(path: string): Found {
  if (!path.startsWith('/')) return { problem: `\${file:…} needs an absolute path, got "${path}"` };
  try {
    // The newline that editors put at the end of a file is no part of a secret.
    return { value: readFileSync(path, 'utf8').replace(/\r?\n$/, '') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const why = code === 'ENOENT' ? 'is not there' : code === 'EACCES' ? 'may not be read by this user' : messageOf(error);
    return { problem: `the secret's file ${path} ${why}` };
  }
}
