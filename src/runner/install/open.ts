import { join } from 'node:path';
import { ConfigurationError, FailedError } from '../../core/errors.ts';
import type { Host } from '../../core/host.ts';
import { findBlock, readEntries } from '../../schedule/crontab-block.ts';
import type { CrontabEntry } from '../../schedule/crontab-entry.ts';
import { environmentAbove } from '../../schedule/crontab-environment.ts';
import { openCrontabStore, type CrontabStore } from '../../schedule/crontab-store.ts';
import type { CommandContext } from '../command.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { configOf, scheduledJobs, type ScheduledJob } from './entries.ts';

/** A configuration beside the crontab it belongs into. */
export interface Installation {
  readonly config: Config;
  readonly configPath: string;
  readonly site: string;
  readonly jobs: readonly ScheduledJob[];
  readonly store: CrontabStore;
  /** Whose crontab it is, for messages. */
  readonly owner: string;
  /** The whole table as it is, one character a byte. */
  readonly crontab: string;
  readonly found: readonly CrontabEntry[];
  /** What the operator should know. */
  readonly warnings: readonly string[];
}

/** Reads the configuration and the crontab. Throws where either can't be read. */
export async function openInstallation({ host, registry, general, flags }: CommandContext): Promise<Installation> {
  const config = await loadConfig(host, registry, { given: general.config, dryRun: general.dryRun });
  if (config.path === null) {
    throw new ConfigurationError('there is no configuration file, and lines of a crontab need one', {
      hint: 'Write one with "blogctl init"; cron does not know the variables of this shell.',
    });
  }
  const user = flags['user'] as string | undefined;
  const store = openCrontabStore({ searchPath: host.variables['PATH'], ...(user === undefined ? {} : { user }) });
  const crontab = await store.read();
  const site = config.blog.name;
  const found = readEntries(crontab, site);
  return {
    config,
    configPath: config.path,
    site,
    jobs: await scheduledJobs(config, config.path, registry, host),
    store,
    owner: user ?? host.variables['LOGNAME'] ?? host.variables['USER'] ?? 'this user',
    crontab,
    found,
    warnings: [...config.warnings, ...warningsFor(config, crontab, host)],
  };
}

/** Refuses to touch a block of the same name that belongs to another configuration. */
export function refuseForeignBlock(installation: Installation, isForced: boolean): void {
  const { found, configPath, site, crontab } = installation;
  if (isForced || findBlock(crontab, site) === null) return;
  const other = found.map((entry) => configOf(entry.command)).find((path) => path !== null && path !== configPath);
  if (other === undefined || other === null) return;
  throw new FailedError(`the crontab has a block "${site}" of another configuration, ${other}`, {
    hint: 'Give this blog a name of its own (blog.name), or take the block over with --replace.',
  });
}

/** Where copies of replaced crontabs are kept. */
export function backupFolder(host: Host): string {
  const xdg = host.variables['XDG_STATE_HOME'];
  const base =
    xdg !== undefined && xdg.startsWith('/') ? xdg : join(host.homeDirectory ?? '/var/lib', '.local', 'state');
  return join(base, 'blogctl', 'crontabs');
}

function warningsFor(config: Config, crontab: string, host: Host): string[] {
  const warnings: string[] = [];
  const variables = environmentAbove(crontab, config.blog.name);
  for (const { name, value, line } of variables) {
    if (['CRON_TZ', 'TZ', 'SHELL'].includes(name)) {
      warnings.push(`line ${line} of the crontab sets ${name}=${value} for all lines below it, those of blogctl too`);
    }
  }
  const known = new Set(variables.map((variable) => variable.name));
  const unknown = config.environmentNames.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    warnings.push(
      `the configuration reads ${unknown.join(', ')} from the environment, which cron does not have: use \${file:/path}`,
    );
  }
  if (/\/\.(nvm|fnm|volta|asdf|n)\/|\/fnm_multishells\//.test(host.nodePath)) {
    warnings.push(`${host.nodePath} belongs to a version manager and goes with its next update: install again then`);
  }
  return warnings;
}
