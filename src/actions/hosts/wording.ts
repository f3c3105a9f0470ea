import type { Turn } from './course.ts';

const minuteMs = 60_000;
const mostLines = 100;

/** What a run tells: a subject and a line for each host, in the blog's own words. `clock` is the blog's local time. */
export function messageOf(
  turns: readonly Turn[],
  { clock, nowMs, isEverySilent }: { readonly clock: string; readonly nowMs: number; readonly isEverySilent: boolean },
): { readonly subject: string; readonly body: string } {
  const silent = turns.filter((turn) => turn.kind === 'silent');
  const rest = turns.filter((turn) => turn.kind !== 'silent');
  const lines = [...silent, ...rest].map((turn) => lineOf(turn, nowMs));
  const shown = lines.slice(0, mostLines);
  if (lines.length > mostLines) shown.push(`……另有 ${lines.length - mostLines} 个节点`);
  // Hosts do not die together; what they report to does.
  if (isEverySilent && silent.length > 0) shown.push('注意：所有节点都没有上报，可能是博客的上报接口或网络有问题');
  const subject = silent.length > 0 ? `⚠️服务监控告警 ${clock}` : `✅服务监控恢复 ${clock}`;
  return { subject, body: shown.join('\n') };
}

function lineOf({ kind, after }: Turn, nowMs: number): string {
  const length = lengthInChinese((after.endedMs ?? nowMs) - after.beganMs);
  if (kind === 'silent') return `警告：节点 ${after.hostName} 离线 ${length}`;
  if (kind === 'back') return `恢复：节点 ${after.hostName} 已恢复，离线 ${length}`;
  return `提示：节点 ${after.hostName} 离线 ${length}，已恢复`;
}

/** The old message, to the byte: `minutes` are whole ones. */
export function izoneMessage(
  hosts: readonly { readonly name: string; readonly minutes: number }[],
  clock: string,
): { readonly subject: string; readonly body: string } {
  const lines = hosts.map(({ name, minutes }) => `警告：节点 ${name} 离线 ${minutes} 分钟`);
  return { subject: `⚠️服务监控告警 ${clock}`, body: lines.join('\n') };
}

/** `37 分钟`, `3 小时 12 分钟`, `21 天 3 小时`. */
export function lengthInChinese(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / minuteMs));
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} 分钟`;
  if (hours < 24) return two(hours, '小时', minutes % 60, '分钟');
  return two(Math.floor(hours / 24), '天', hours % 24, '小时');
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
