import { expect, onTestFinished, test } from 'vitest';
import type { HttpResult } from '../../../src/core/http.ts';
import { startWebServer } from '../../helpers/http-server.ts';
import { testClient } from '../../helpers/web-client.ts';

type Reply = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

async function answerTo(reply: Reply, asked = {}) {
  const web = await startWebServer({ '*': { body: 'a page', ...reply } });
  onTestFinished(() => web.stop());
  const http = await testClient();
  return http.get(web.url, asked);
}

test.each<[number, HttpResult, string]>([
  [200, 'ok', '200 OK'],
  [204, 'ok', '204 No Content'],
  [206, 'ok', '206 Partial Content'],
  [299, 'ok', '299'],
  [304, 'ok', '304 Not Modified'],
  [305, 'broken', '305 Use Proxy'],
  [400, 'client-error', '400 Bad Request'],
  [401, 'blocked', '401 Unauthorized'],
  [403, 'blocked', '403 Forbidden'],
  [404, 'gone', '404 Not Found'],
  [405, 'client-error', '405 Method Not Allowed'],
  [410, 'gone', '410 Gone'],
  [406, 'blocked', '406 Not Acceptable'],
  [408, 'client-error', '408 Request Timeout'],
  [412, 'blocked', '412 Precondition Failed'],
  [418, 'blocked', "418 I'm a Teapot"],
  [429, 'blocked', '429 Too Many Requests'],
  [444, 'blocked', '444 a firewall gave no answer'],
  [468, 'blocked', '468 SafeLine asks for a human'],
  [493, 'blocked', '493 blocked by a firewall'],
  [451, 'blocked', '451 Unavailable For Legal Reasons'],
  [500, 'server-error', '500 Internal Server Error'],
  [502, 'server-error', '502 Bad Gateway'],
  [503, 'server-error', '503 Service Unavailable'],
  [521, 'server-error', '521 Cloudflare was refused'],
  [530, 'server-error', '530 Cloudflare does not find it'],
  [567, 'blocked', '567 blocked by a firewall'],
  [999, 'blocked', '999 Request Denied'],
])('%i is %s', async (status, result, reason) => {
  expect(await answerTo({ status })).toMatchObject({ result, reason, status });
});

test.each<[string, Reply, string]>([
  ['Cloudflare, by its header', { status: 403, headers: { 'cf-mitigated': 'challenge' } }, 'Cloudflare'],
  [
    'Cloudflare, by its page',
    { status: 503, body: '<title>Just a moment...</title><script>window._cf_chl_opt={}' },
    'Cloudflare',
  ],
  ['Vercel', { status: 429, headers: { 'x-vercel-mitigated': 'challenge' } }, 'Vercel'],
  [
    'Alibaba Cloud',
    { body: "<html><script>var arg1='A1';document.cookie='acw_sc__v2='+x</script></html>" },
    'Alibaba Cloud',
  ],
  ['Alibaba Cloud, with 405', { status: 405, body: '<a href="https://errors.aliyun.com/">' }, 'Alibaba Cloud'],
  ['创宇盾', { status: 521, body: '<html>当前访问疑似黑客攻击，已被创宇盾拦截</html>' }, '创宇盾'],
  [
    '加速乐, by its cookie',
    { status: 521, headers: { 'set-cookie': '__jsluid_s=0f; path=/' }, body: '<script>x()</script>' },
    '加速乐',
  ],
  ['加速乐, by its script', { status: 521, body: "<script>document.cookie='__jsl_clearance_s='+x" }, '加速乐'],
  ['Anubis', { body: '<title>Making sure you&#39;re not a bot!</title>' }, 'Anubis'],
  ['Imperva', { body: '<iframe src="/_Incapsula_Resource?x=1"></iframe>' }, 'Imperva'],
  ['网站防火墙', { body: `<title>网站防火墙</title>${'<p>'.repeat(9000)}` }, 'a firewall'],
  ['a refusal', { body: '您的请求带有不合法参数，已被网站管理员设置拦截！' }, 'a firewall'],
  ['宝塔', { body: '<title>宝塔网站防火墙</title>' }, '宝塔'],
  ['雷池', { status: 468, body: '<title>雷池 WAF 人机验证</title>' }, 'SafeLine'],
  ['a slider', { body: '<html><body>请拖动滑块完成验证</body></html>' }, 'a firewall'],
  ['安全验证', { body: `<html><title>安全验证</title>${'<p>'.repeat(9000)}` }, 'a firewall'],
])('a page that asks for a human is known: %s', async (_, reply, by) => {
  const body = { ...reply, headers: { 'content-type': 'text/html; charset=utf-8', ...reply.headers } };

  const answer = await answerTo(body);

  expect(answer.result).toBe('blocked');
  expect(answer.reason).toMatch(new RegExp(`^${reply.status ?? 200}.*, ${by} asks for a human$`));
});

test('a blog that writes of such pages is none', async () => {
  const article = `<html><title>给博客加上防护</title>${'<p>我们来谈谈人机验证、滑块验证和创宇盾。</p>'.repeat(500)}`;

  const answer = await answerTo({ body: article, headers: { 'content-type': 'text/html; charset=utf-8' } });

  expect(answer).toMatchObject({ result: 'ok', reason: '200 OK' });
});

test('what is compressed is looked at after it is decompressed, and a reader’s page too', async () => {
  let seen = '';
  const reader = { write: (text: string) => ((seen += text), false) };

  const answer = await answerTo({ body: '<title>Just a moment...</title>' }, { read: reader });

  expect(answer).toMatchObject({ result: 'blocked', reason: '200 OK, Cloudflare asks for a human' });
  expect(seen).toBe('<title>Just a moment...</title>');
});

test('a good page of a network that asks others for a human is one', async () => {
  const answer = await answerTo({ headers: { 'set-cookie': '__jsluid_s=0f; path=/' } });

  expect(answer.result).toBe('ok');
});

test('412 is what it says where a condition was sent', async () => {
  const answer = await answerTo({ status: 412 }, { headers: { 'If-None-Match': '"1"' } });

  expect(answer.result).toBe('client-error');
});
