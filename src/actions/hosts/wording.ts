import type { AheadTurn } from './ahead.ts';
import type { Turn } from './course.ts';

const minuteMs = 60_000;
const mostLines = 100;

/** What a run tells of. */
export interface News {
  readonly turns: readonly Turn[];
  readonly ahead: readonly AheadTurn[];
  readonly isEverySilent: boolean;
}

/** When it is told. */
export interface Hour {
  readonly nowMs: number;
  /** An instant in the blog's zone: `2026-03-18 14:05:09`. */
  readonly local: (epochMs: number) => string;
}

/** What a run tells: a subject and a line for each host, in the blog's own words. */
export function messageOf(
  { turns, ahead, isEverySilent }: News,
  hour: Hour,
): { readonly subject: string; readonly body: string } {
  const silent = turns.filter((turn) => turn.kind === 'silent');
  const rest = turns.filter((turn) => turn.kind !== 'silent');
  const lines = [...[...silent, ...rest].map((turn) => lineOf(turn, hour)), ...ahead.map(aheadLine)];
  const shown = lines.slice(0, mostLines);
  if (lines.length > mostLines) shown.push(`……另有 ${lines.length - mostLines} 个节点`);
  // Hosts do not die together; what they report to does.
  if (isEverySilent && silent.length > 0) shown.push('注意：所有节点都没有上报，可能是博客的上报接口或网络有问题');
  const isAlarm = silent.length > 0 || ahead.some(({ kind }) => kind === 'ahead');
  const clock = hour.local(hour.nowMs);
  return { subject: isAlarm ? `⚠️服务监控告警 ${clock}` : `✅服务监控恢复 ${clock}`, body: shown.join('\n') };
}

function lineOf({ kind, before, after }: Turn, hour: Hour): string {
  const length = lengthInChinese((after.endedMs ?? hour.nowMs) - after.beganMs);
  const began = shortTime(after.beganMs, hour);
  // Of what was put off, the hours stand with it: it is read long after.
  if (kind === 'silent') {
    const since = before !== null && before.toldStep === 0 ? `（${began} 起）` : '';
    return `警告：节点 ${after.hostName} 离线 ${length}${since}`;
  }
  const from = after.endedMs === null ? '' : `（${began} 至 ${shortTime(after.endedMs, hour)}）`;
  if (kind === 'back') {
    return `恢复：节点 ${after.hostName} 已恢复，离线 ${length}${before?.endedMs === null ? '' : from}`;
  }
  return `提示：节点 ${after.hostName} 离线 ${length}${from}，已恢复`;
}

function aheadLine({ kind, host, aheadMs }: AheadTurn): string {
  if (kind === 'in-time') return `恢复：节点 ${host.name} 的上报时间不再超前`;
  return `警告：节点 ${host.name} 的上报时间超前 ${lengthInChinese(aheadMs)}，在此期间它离线不会被发现`;
}

// The day only where it is another one.
function shortTime(epochMs: number, { nowMs, local }: Hour): string {
  const text = local(epochMs);
  return text.slice(0, 10) === local(nowMs).slice(0, 10) ? text.slice(11, 16) : text.slice(5, 16);
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
