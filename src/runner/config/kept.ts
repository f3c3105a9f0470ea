import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Host } from '../../core/host.ts';
import type { JobConfig } from './config.ts';
import type { ConfigFile } from './find.ts';
import type { GeneralConfig } from './schema.ts';

/** A configuration that was found good: placeholders not yet filled in, defaults in place. */
export interface KeptConfig {
  readonly general: GeneralConfig;
  readonly jobs: readonly JobConfig[];
}

interface KeptFile extends KeptConfig {
  readonly buildId: string;
  readonly text: string;
}

/**
 * What was kept of this very file by this very build, so that YAML need not be parsed and checked again each minute;
 * null where there is nothing, or nothing that may be trusted.
 */
export function readKept(host: Host, file: ConfigFile): KeptConfig | null {
  const path = keptPath(host, file.path);
  if (path === null) return null;
  try {
    const { uid, mode } = statSync(path);
    // What somebody else may have written must not stand in for the configuration.
    if (uid !== process.getuid?.() || (mode & 0o022) !== 0) return null;
    const { buildId, text, general, jobs } = JSON.parse(readFileSync(path, 'utf8')) as KeptFile;
    return buildId === host.buildId && text === file.text ? { general, jobs } : null;
  } catch {
    return null;
  }
}

/** Keeps a checked configuration. It must hold no secret. Where it can't be written the next run checks again. */
export function keep(host: Host, file: ConfigFile, checked: KeptConfig): void {
  const path = keptPath(host, file.path);
  if (path === null) return;
  const kept: KeptFile = { ...checked, buildId: host.buildId, text: file.text };
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const temporary = `${path}.${host.pid}`;
    writeFileSync(temporary, JSON.stringify(kept), { mode: 0o600 });
    chmodSync(temporary, 0o600);
    renameSync(temporary, path);
  } catch {
    // Only speed is lost.
  }
}

function keptPath(host: Host, configPath: string): string | null {
  const xdg = host.variables['XDG_CACHE_HOME'];
  const base =
    xdg !== undefined && xdg.startsWith('/')
      ? xdg
      : host.homeDirectory === null
        ? null
        : join(host.homeDirectory, '.cache');
  const name = encodeURIComponent(configPath);
  // A longer name than a file may have is not worth a second scheme of names.
  return base === null || name.length > 200 ? null : join(base, 'blogctl', `${name}.json`);
}
