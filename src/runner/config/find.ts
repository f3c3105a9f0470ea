import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError, messageOf } from '../../core/errors.ts';
import type { Host } from '../../core/host.ts';

/** A configuration file as it stands on the disk. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** Permission bits, such as 0o640. */
  readonly mode: number;
}

/** Where a configuration is looked for when no path is given, best first. */
export function configPlaces(host: Host): readonly string[] {
  const places = [resolve(host.workingDirectory, 'blogctl.yaml')];
  const folder = userConfigFolder(host);
  if (folder !== null) places.push(join(folder, 'blogctl', 'blogctl.yaml'));
  places.push('/etc/blogctl/blogctl.yaml');
  return places;
}

/** The first configuration there is: `--config`, then $BLOGCTL_CONFIG, then the usual places; null where there is none. */
export function findConfig(host: Host, given: string | undefined): ConfigFile | null {
  if (given === '') throw new ConfigurationError('--config: expected the path of a file, got ""');
  const named = given ?? host.variables['BLOGCTL_CONFIG'];
  if (named !== undefined && named !== '') {
    const path = resolve(host.workingDirectory, named);
    const file = readConfig(path);
    if (file !== null) return file;
    const from = given === undefined ? '$BLOGCTL_CONFIG' : '--config';
    throw new ConfigurationError(`${from} names ${path}, but there is no such file`, {
      hint: '"blogctl init" writes a configuration.',
    });
  }
  for (const place of configPlaces(host)) {
    const file = readConfig(place);
    if (file !== null) return file;
  }
  return null;
}

function userConfigFolder(host: Host): string | null {
  const xdg = host.variables['XDG_CONFIG_HOME'];
  if (xdg !== undefined && xdg.startsWith('/')) return xdg;
  return host.homeDirectory === null ? null : join(host.homeDirectory, '.config');
}

function readConfig(path: string): ConfigFile | null {
  try {
    const mode = statSync(path).mode & 0o777;
    const bytes = readFileSync(path);
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), mode };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    const why =
      code === 'EACCES' ? 'this user may not read it' : code === 'EISDIR' ? 'it is a folder' : messageOf(error);
    const reason = code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is not UTF-8 text' : why;
    throw new ConfigurationError(`${path} cannot be read: ${reason}`, { cause: error });
  }
}
