import { expect, test } from 'vitest';
import { tlsReason } from '../../../src/resources/http/tls-reasons.ts';
import {
  failureReason,
  isRobotsReason,
  reasons,
  statusReason,
  withSince,
} from '../../../src/actions/checking/reasons.ts';

test.each([
  ['gone', 404, '404 Not Found', '网页请求返回404'],
  ['client-error', 418, '418', '网页请求返回418'],
  ['server-error', 502, '502 Bad Gateway', '网页请求返回502'],
  ['broken', 302, 'its redirects lead in a circle', '网页请求返回302'],
  ['broken', null, 'the connection broke off', '连接异常中断'],
  ['broken', 200, 'the connection broke off', '连接异常中断'],
  ['dns', null, 'the name has no address', '域名无法解析'],
  ['refused', null, 'nobody accepts the connection', '连接被拒绝'],
  ['timeout', null, 'no answer within 20 s', '连接超时'],
  ['tls', null, 'the certificate expired on 2026-03-01', '证书已过期'],
  ['tls', null, 'the certificate is for another name', '证书与域名不符'],
  ['tls', null, 'the server has no certificate for this name', '证书与域名不符'],
  ['tls', null, 'the certificate is not valid before 2027-01-01', '证书尚未生效'],
  ['tls', null, 'no TLS connection came about', '无法建立安全连接'],
  ['tls', null, 'the certificate is self-signed', '证书不受信任'],
] as const)('%s with status %s (%s) is told as %4$s', (result, status, reason, told) => {
  expect(failureReason({ result, status, reason })).toBe(told);
});

test('every reason of ours, with and without its day, is known as a robot’s and fits the blog’s column', () => {
  for (const reason of [...Object.values(reasons), statusReason(404), statusReason(999)]) {
    const told = withSince(reason, '2026-03-15');

    expect([isRobotsReason(reason), isRobotsReason(told)]).toEqual([true, true]);
    expect(Array.from(told).length).toBeLessThanOrEqual(50);
  }
});

test.each([
  null,
  '',
  '内容不合适，手动隐藏',
  '网页请求返回404，请勿显示',
  '网站未设置本站外链 (asked)',
  '连接超时，自3月起',
])('what a person wrote is known as no robot’s: %s', (reason) => {
  expect(isRobotsReason(reason)).toBe(false);
});

test.each([
  ['CERT_HAS_EXPIRED', '证书已过期'],
  ['CERT_NOT_YET_VALID', '证书尚未生效'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', '证书与域名不符'],
  ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', '证书与域名不符'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', '证书不受信任'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', '证书不受信任'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', '无法建立安全连接'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', '无法建立安全连接'],
])('what the client says of %s is told as %s', (code, told) => {
  const dates = { validFromMs: 0, validToMs: 0 };
  const words = [new Error(code), Object.assign(new Error(code), { certificateDates: dates })].map((error) =>
    tlsReason(error, code, code),
  );

  for (const reason of words) {
    expect(failureReason({ result: 'tls', status: null, reason: reason ?? '' })).toBe(told);
  }
});
