import type { HttpAnswer, HttpResult } from '../../core/http.ts';

/** The blog's own column takes so many characters, counted by code points. */
const longestReason = 50;

/** Why a friend or a site is hidden, in the blog's words, without since when. */
export const reasons = {
  noLink: '网站未设置本站外链',
  badLink: '链接不是网页地址',
  dns: '域名无法解析',
  refused: '连接被拒绝',
  timeout: '连接超时',
  broken: '连接异常中断',
  expired: '证书已过期',
  wrongHost: '证书与域名不符',
  notYetValid: '证书尚未生效',
  untrusted: '证书不受信任',
  noTls: '无法建立安全连接',
} as const;

const fixed: readonly string[] = Object.values(reasons);
const since = /，自\d{4}-\d{2}-\d{2}起$/;

/** What the blog's own task writes, too: `网页请求返回404`. */
export function statusReason(status: number): string {
  return `网页请求返回${status}`;
}

/** With the day since when, in the blog's zone: `网页请求返回404，自2026-03-15起`. */
export function withSince(reason: string, day: string): string {
  return Array.from(`${reason}，自${day}起`).slice(0, longestReason).join('');
}

/** Was this written by a robot, ours or the blog's own? What a person wrote is never undone. */
export function isRobotsReason(reason: string | null): boolean {
  if (reason === null) return false;
  const plain = reason.replace(since, '');
  return fixed.includes(plain) || /^网页请求返回\d{3}$/.test(plain);
}

const reasonOfResult: Partial<Record<HttpResult, string>> = {
  dns: reasons.dns,
  refused: reasons.refused,
  timeout: reasons.timeout,
};

/** Why a page that failed so is hidden. */
export function failureReason({ result, status, reason }: Pick<HttpAnswer, 'result' | 'status' | 'reason'>): string {
  if (result === 'tls') return certificateReason(reason);
  return reasonOfResult[result] ?? (status !== null && status >= 300 ? statusReason(status) : reasons.broken);
}

function certificateReason(reason: string): string {
  if (!reason.includes('certificate')) return reasons.noTls;
  if (/\bexpired\b/.test(reason)) return reasons.expired;
  if (/not (yet valid|valid before)/.test(reason)) return reasons.notYetValid;
  return /(another|no certificate for this) name|for this name/.test(reason) ? reasons.wrongHost : reasons.untrusted;
}
