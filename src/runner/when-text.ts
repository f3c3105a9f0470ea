import type { Host } from '../core/host.ts';
import type { Config } from './config/config.ts';
import { blogTimeFor, storedZone } from './open-resources.ts';

/** Turns an ISO time of a record into one for people: `2026-03-18 14:07:01 (Asia/Shanghai)`. */
export function whenTextFor(config: Config, host: Host): (iso: string) => string {
  const time = blogTimeFor(config, host);
  return (iso) => `${time.fromEpochMs(Date.parse(iso)).slice(0, 19)} (${storedZone(config)})`;
}
