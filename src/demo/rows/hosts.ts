import { day, naiveTime } from './naive.ts';
import type { DemoRow, DemoSetting } from './setting.ts';

interface Host {
  readonly name: string;
  /** Seconds since it was last heard of. */
  readonly silent: number;
  readonly isMuted?: boolean;
  readonly isInactive?: boolean;
  readonly isNew?: boolean;
}

// Silent for less than a minute, a quarter of an hour, five hours, three days; and those that nobody is told about.
const hosts: readonly Host[] = [
  { name: 'web-01', silent: 3 },
  { name: 'web-02', silent: 8 },
  { name: 'db-01', silent: 70 },
  { name: 'backup-01', silent: 15 * 60 + 20 },
  { name: 'cache-01', silent: 5 * 3600 },
  { name: 'mail-01', silent: 3 * day + 600 },
  { name: 'test-01', silent: 9 * 3600, isMuted: true },
  { name: 'old-01', silent: 200 * day, isInactive: true },
  { name: 'new-01', silent: 120, isNew: true },
];

/** Hosts that push their state to the blog. */
export function hostRows({ now, siteDomain, random }: DemoSetting): DemoRow<'monitor_monitorserver'>[] {
  return hosts.map(({ name, silent, isMuted, isInactive, isNew }, index) => ({
    id: index + 1,
    name,
    interval: 5,
    sort_order: index,
    // The column holds 60 characters; a longer domain would be refused.
    push_url: `https://${siteDomain}/monitor/push`.slice(0, 60),
    username: `host${index + 1}`,
    password: random.hex(10),
    secret_key: isNew ? null : random.hex(32),
    secret_value: isNew ? null : `${random.hex(86)}==`,
    data: isNew ? null : stateText(name, random.int(5, 300) * day, random.int(3, 60)),
    create_date: naiveTime(now - (500 - index * 20) * day, random.int(1, 999_999)),
    update_date: naiveTime(now - silent),
    active: !isInactive,
    alarm: !isMuted,
  }));
}

// Hosts write their state without blanks.
function stateText(name: string, uptime: number, cpu: number): string {
  return JSON.stringify({ uptime, host: name, system: 'linux', cpu, memory_total: 4_194_304, memory_used: 1_887_436 });
}
