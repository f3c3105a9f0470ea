import { describe, expect, onTestFinished, test } from 'vitest';
import { startWebServer } from '../../helpers/http-server.ts';
import { testClient } from '../../helpers/web-client.ts';

describe('an address that cannot be one of a page has its reason', () => {
  test.each([
    ['javascript:alert(1)', 'javascript: is not http'],
    [' JavaScript:alert(1)', 'javascript: is not http'],
    ['java\nscript:alert(1)', 'javascript: is not http'],
    ['file:///etc/passwd', 'file: is not http'],
    ['ftp://example.com/', 'ftp: is not http'],
    ['data:text/html,hello', 'data: is not http'],
    ['mailto:me@example.com', 'mailto: is not http'],
    ['ws://example.com/', 'ws: is not http'],
    ['secret-scheme:token', 'its scheme is not http'],
    ['example.com:8080/page', 'its scheme is not http'],
    ['www.example.com', 'no http:// in front'],
    ['//example.com/', 'no http:// in front'],
    ['/page', 'no http:// in front'],
    ['没有地址', 'no http:// in front'],
    ['', 'no http:// in front'],
    ['http://', 'no address'],
    ['http:// /', 'no address'],
    ['http://exa mple.com/', 'no address'],
    ['http://example.com:99999/', 'no address'],
    ['http://exa\u0000mple.com/', 'no address'],
    ['http://xn--a/', 'no address'],
    ['https://user:s3cret@example.com/', 'an address with a user name in it: expected one without'],
    ['https://s3cret@example.com/', 'an address with a user name in it: expected one without'],
    ['http://example.com:0/', 'nobody serves pages at port 0'],
    ['http://example.com:22/', 'nobody serves pages at port 22'],
    ['http://example.com:25/', 'nobody serves pages at port 25'],
    ['http://example.com:3306/', 'nobody serves pages at port 3306'],
    ['http://example.com:6379/', 'nobody serves pages at port 6379'],
    ['https://example.com:5432/', 'nobody serves pages at port 5432'],
    ['http://example.com:2375/containers', 'nobody serves pages at port 2375'],
    [`http://example.com/${'x'.repeat(10_000)}`, 'an address of 10019 characters'],
  ])('%j', async (url, reason) => {
    const http = await testClient({ resolve: () => Promise.reject(new Error('nobody is to be asked')) });

    const answer = await http.get(url);

    expect(answer).toMatchObject({ result: 'not-allowed', reason, status: null, attempts: 0 });
    expect(JSON.stringify(answer)).not.toContain('s3cret');
  });
});

test('a port at which nobody serves pages is asked where that is wanted, if the address may be asked', async () => {
  const http = await testClient();

  const [wanted, unwanted, inside] = [
    await http.get('http://127.0.0.1:9/', { anyPort: true }),
    await http.get('http://127.0.0.1:9/'),
    await http.get('http://10.0.0.1:9/', { anyPort: true }),
  ];

  expect([wanted, unwanted, inside].map(({ result }) => result)).toEqual(['refused', 'not-allowed', 'not-allowed']);
});

test('addresses that look odd and are good are fetched', async () => {
  const web = await startWebServer({ '*': ({ path, headers }) => ({ body: `${headers.host} ${path}` }) });
  onTestFinished(() => web.stop());
  const http = await testClient({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
  const odd = [
    `  http://blog.example:${web.port}/page  `,
    `HTTP://BLOG.Example:${web.port}/page`,
    `http://blog.example.:${web.port}/page`,
    `http:\\\\blog.example:${web.port}\\page`,
    `http://blog.exam\tple:${web.port}/page`,
    `http://blog.example:${web.port}/page#part`,
  ];

  const answers = await Promise.all(odd.map((url) => http.get(url)));

  expect(answers.map(({ text }) => text)).toEqual(odd.map(() => `blog.example:${web.port} /page`));
  expect(await http.get(`http://例え.テスト:${web.port}/路径?问=答`)).toMatchObject({
    text: `xn--r8jz45g.xn--zckzah:${web.port} /%E8%B7%AF%E5%BE%84?%E9%97%AE=%E7%AD%94`,
  });
});

test('the owner’s own address may have any port', async () => {
  const http = await testClient();

  const answer = await http.get('http://127.0.0.1:1/', { isTrusted: true });

  expect(answer).toMatchObject({ result: 'refused', reason: 'the connection was refused' });
});
