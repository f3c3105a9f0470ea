import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRawServer, type RawServer } from '../../helpers/raw-server.ts';
import { testClient, type TestClientOptions } from '../../helpers/web-client.ts';

// Nobody may ever come here.
let canary: RawServer;
beforeAll(async () => void (canary = await startRawServer({})));
afterAll(() => canary.stop());

const strangersOnly: TestClientOptions = { settings: { allowPrivate: [] } };

const spellings = [
  // This machine, by all the numbers that an address may be written in.
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0x7f.0x0.0x0.0x1',
  '0177.0.0.1',
  '0177.1',
  '017700000001',
  '127.0.0.01',
  '127.000.000.001',
  '１２７.０.０.１',
  '127。0。0。1',
  '127．0．0．1',
  '①②⑦.⓪.⓪.①',
  '%31%32%37.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '0',
  '0x0',
  '0.1.2.3',
  'localhost',
  'localhost.',
  'LOCALHOST',
  'ｌｏｃａｌｈｏｓｔ',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000::0001]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  // The owner's network.
  '10.1.2.3',
  '10.1',
  '167837955',
  '012.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.1',
  '0xc0a80001',
  '[::ffff:192.168.0.1]',
  '[fc00::1]',
  '[fd12:3456:789a::1]',
  '[fec0::1]',
  '100.64.0.1',
  '100.127.255.254',
  '169.254.1.1',
  '[fe80::1]',
  // What clouds tell their machines.
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '[::ffff:169.254.169.254]',
  '[fd00:ec2::254]',
  '100.100.100.200',
  '168.63.129.16',
  // What is nobody's.
  '192.0.0.1',
  '192.0.2.1',
  '192.88.99.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '[ff02::1]',
  '[100::1]',
  '[2001:db8::1]',
  '[2001:2::1]',
  '[3fff::1]',
  '[4000::1]',
  '[5f00::1]',
];

describe('an address that is not public is not fetched', () => {
  test.each(spellings)('%s', async (host) => {
    const http = await testClient(strangersOnly);

    const answer = await http.get(`http://${host}:${canary.port}/`);

    expect(answer).toMatchObject({ result: 'not-allowed', status: null, text: null });
    expect(answer.reason).toMatch(
      / is (this machine itself|an? (private|link-local|multicast|broadcast) address|no public address|a cloud's own address)$/,
    );
  });

  test.each(['[fe80::1%25lo]', '[fe80::1%lo]', '[::1', '127.0.0.1:80:80', '256.1.1.1', '1.2.3.4.5', 'a b', ''])(
    'and what is no host at all is none either: %s',
    async (host) => {
      const http = await testClient(strangersOnly);

      const answer = await http.get(`http://${host}/`);

      expect(answer).toMatchObject({ result: 'not-allowed', reason: 'no address' });
    },
  );

  test.each([
    [301, '127.0.0.1'],
    [302, '0x7f.1'],
    [303, '[::ffff:127.0.0.1]'],
    [307, '2130706433'],
    [308, 'localhost'],
  ])('nor is it where a redirect %i leads there, to %s', async (status, host) => {
    const http = await testClient({ settings: { allowPrivate: ['127.0.0.2'] } });
    const sly = await startRawServer(
      { '*': (it) => void it.end(`HTTP/1.1 ${status} Go\r\nLocation: http://${host}:${canary.port}/\r\n\r\n`) },
      { host: '127.0.0.2' },
    );

    const answer = await http.get(sly.url);

    expect(answer.result).toBe('not-allowed');
    expect(answer.reason).toMatch(/^after a redirect: .*this machine itself$/);
    await sly.stop();
  });

  test('and nobody ever came to the canary', () => {
    expect(canary.connections()).toBe(0);
  });
});

describe('a name', () => {
  const public4 = { address: '127.0.0.2', family: 4 };
  const private4 = { address: '127.0.0.1', family: 4 };
  const mapped = { address: '::ffff:127.0.0.1', family: 6 };
  const settings = { allowPrivate: ['127.0.0.2'] };

  test.each([
    ['one private address', [private4]],
    ['a mapped one', [mapped]],
    ['a public and a private one', [public4, private4]],
    ['a private one at the end of many', [...Array.from({ length: 40 }, () => public4), private4]],
  ])('with %s is not fetched', async (_, addresses) => {
    const http = await testClient({ settings, resolve: async () => addresses });

    const answer = await http.get(`http://friend.example:${canary.port}/`);

    expect(answer.result).toBe('not-allowed');
    expect(answer.reason).toMatch(/^its address .*127\.0\.0\.1 is this machine itself$/);
    expect(canary.connections()).toBe(0);
  });

  test('that changes its mind gets no connection to the private address, however often it is asked', async () => {
    let asked = 0;
    const http = await testClient({ settings, resolve: async () => (asked++ % 2 === 0 ? [public4] : [private4]) });

    const urls = Array.from({ length: 200 }, (_, index) => `http://friend-${index % 20}.example:${canary.port}/`);
    const answers = await Promise.all(urls.map((url) => http.get(url)));

    expect(new Set(answers.map(({ result }) => result))).toEqual(new Set(['refused', 'not-allowed']));
    expect(canary.connections()).toBe(0);
  });

  test('is asked for once for many requests', async () => {
    const hosts: string[] = [];
    const web = await startRawServer(
      { '*': (it) => void it.end('HTTP/1.1 200 OK\r\n\r\nhere') },
      { host: '127.0.0.2' },
    );
    const http = await testClient({ settings, resolve: async (host) => (hosts.push(host), [public4]) });

    const answers = await Promise.all([1, 2, 3].map((page) => http.get(`http://中文.中国:${web.port}/${page}`)));

    expect(answers.map(({ text }) => text)).toEqual(['here', 'here', 'here']);
    expect(hosts).toEqual(['xn--fiq228c.xn--fiqs8s']);
    await web.stop();
  });

  test.each([
    ['ENOTFOUND', 'the name does not exist', 1],
    ['EAI_AGAIN', 'the name servers do not answer', 2],
    ['EAI_FAIL', 'the name servers fail', 2],
  ])(
    'that cannot be looked up (%s) has its reason, and is asked for again where that may help',
    async (code, reason, attempts) => {
      const http = await testClient({
        resolve: async () => {
          throw Object.assign(new Error(`getaddrinfo ${code}`), { code });
        },
      });

      const answer = await http.get('http://gone.example/', { attempts: 2 });

      expect(answer).toMatchObject({ result: 'dns', reason, attempts });
    },
  );

  test('without any address does not exist', async () => {
    const http = await testClient({ resolve: async () => [] });

    expect(await http.get('http://gone.example/')).toMatchObject({ result: 'dns', reason: 'the name does not exist' });
  });
});

describe('what is private may be fetched', () => {
  test.each([['127.0.0.2'], ['127.0.0.0/30'], ['127.0.0.0/8'], ['::ffff:127.0.0.2'], ['0.0.0.0/0']])(
    'where the configuration says %s',
    async (network) => {
      const web = await startRawServer(
        { '*': (it) => void it.end('HTTP/1.1 200 OK\r\n\r\nhere') },
        { host: '127.0.0.2' },
      );
      const http = await testClient({ settings: { allowPrivate: ['fd00::/8', network] } });

      expect(await http.get(web.url)).toMatchObject({ result: 'ok', text: 'here' });
      await web.stop();
    },
  );

  test('where the request is the owner’s, but not where it is sent on to another host, and on no shared connection', async () => {
    const settings = { allowPrivate: [] };
    const http = await testClient({ settings });
    const own = await startRawServer({
      '/': (it) => void it.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhome'),
      '/same': (it) => void it.write('HTTP/1.1 302 Go\r\nLocation: /\r\nContent-Length: 0\r\n\r\n'),
      '/other': (it) => void it.end(`HTTP/1.1 302 Go\r\nLocation: http://127.0.0.3:${canary.port}/\r\n\r\n`),
    });

    const [home, same] = [
      await http.get(own.url, { isTrusted: true }),
      await http.get(`${own.url}/same`, { isTrusted: true }),
    ];
    const other = await http.get(`${own.url}/other`, { isTrusted: true });
    const strange = await http.get(own.url);

    expect([home.text, same.text]).toEqual(['home', 'home']);
    expect(other).toMatchObject({
      result: 'not-allowed',
      reason: 'after a redirect: 127.0.0.3 is this machine itself',
    });
    expect(strange).toMatchObject({ result: 'not-allowed', reason: '127.0.0.1 is this machine itself' });
    await own.stop();
  });
});
