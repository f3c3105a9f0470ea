import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished, expect, test } from 'vitest';
import type { TlsOptions } from 'node:tls';
import { makeCertificate, type Certificate } from '../../helpers/certificates.ts';
import { startRawServer } from '../../helpers/raw-server.ts';
import { testClient } from '../../helpers/web-client.ts';

const authority = makeCertificate({ names: ['an authority'], isAuthority: true });
const stranger = makeCertificate({ names: ['another authority'], isAuthority: true });
const ours = { names: ['127.0.0.1', 'blog.test'], issuer: authority };
const good = makeCertificate(ours);

async function startTls({ cert, key }: Certificate, options: TlsOptions = {}): Promise<string> {
  const server = createServer({ cert, key, ...options }, (_, response) => response.end('secret garden'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('a page behind a good certificate is read', async () => {
  const url = await startTls(good);
  const http = await testClient({ ca: authority.cert });

  const answer = await http.get(url);

  expect(answer).toMatchObject({ result: 'ok', text: 'secret garden' });
});

const expired = makeCertificate({ ...ours, validFrom: '2019-01-01', validTo: '2021-03-01' });
const future = makeCertificate({ ...ours, validFrom: '2089-06-30' });
const oldIssuer = makeCertificate({ names: ['old'], issuer: authority, isAuthority: true, validTo: '2022-05-06' });
const between = makeCertificate({ names: ['between'], issuer: stranger, isAuthority: true });
const underStranger = makeCertificate({ names: ['127.0.0.1'], issuer: between });
const underOldIssuer = makeCertificate({ names: ['127.0.0.1'], issuer: oldIssuer });

test.each<[string, Certificate, string, TlsOptions?]>([
  ['expired', expired, 'the certificate expired on 2021-03-01'],
  ['not yet valid', future, 'the certificate is not valid before 2089-06-30'],
  ['self-signed', makeCertificate({ names: ['127.0.0.1'] }), 'the certificate is self-signed'],
  [
    'of an unknown authority',
    { ...underStranger, cert: underStranger.cert + between.cert },
    'the certificate comes from an unknown authority, or its chain is incomplete',
  ],
  ['for another name', makeCertificate({ ...ours, names: ['elsewhere.test'] }), 'the certificate is for another name'],
  [
    'under an issuer that has expired',
    { ...underOldIssuer, cert: underOldIssuer.cert + oldIssuer.cert },
    'the certificate expired on 2022-05-06',
  ],
  [
    'good, but the protocol is old',
    good,
    'the server speaks only other versions of TLS',
    { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' },
  ],
])('a certificate that is %s has its own reason', async (_, certificate, reason, options) => {
  const url = await startTls(certificate, options);
  const http = await testClient({ ca: authority.cert });

  const answer = await http.get(url, { attempts: 3 });

  expect(answer).toMatchObject({ result: 'tls', reason, status: null, text: null, attempts: 1 });
});

test('a certificate that comes without its issuer’s may be one that browsers take', async () => {
  const url = await startTls(makeCertificate({ names: ['127.0.0.1'], issuer: between }));
  const http = await testClient({ ca: stranger.cert });

  const answer = await http.get(url);

  expect(answer).toMatchObject({
    result: 'half-chain',
    reason: 'the server sends its certificate without those above it, which browsers fetch for themselves',
    status: null,
  });
});

test('any certificate is good enough where the request says so, and for no other request', async () => {
  const url = await startTls(expired);
  const http = await testClient();

  const unverified = await http.get(url, { verifyTls: false });
  const verified = await http.get(url);

  expect(unverified).toMatchObject({ result: 'ok', text: 'secret garden' });
  expect(verified.result).toBe('tls');
});

test('a name is sent and compared without the dot at its end', async () => {
  const url = (await startTls(good)).replace('127.0.0.1', 'blog.test.');
  const http = await testClient({
    ca: authority.cert,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  });

  const answer = await http.get(url);

  expect(answer).toMatchObject({ result: 'ok', url: url.replace('test.:', 'test:') });
});

test('a server that speaks no TLS is told', async () => {
  const plain = await startRawServer(
    {},
    { onConnect: (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n') },
  );
  const http = await testClient();

  const answer = await http.get(plain.url.replace('http:', 'https:'));

  expect(answer).toMatchObject({ result: 'tls', reason: 'the server speaks no TLS there, or too old a version' });
  await plain.stop();
});

test.each([
  ['says nothing', () => undefined, 'timeout', 'no connection within 2s'],
  ['closes', (socket: { destroy: () => void }) => socket.destroy(), 'broken', 'the connection was reset'],
])('a server that %s in the handshake does not hold us up', async (_, onConnect, result, reason) => {
  const server = await startRawServer({}, { onConnect });
  const http = await testClient({ settings: { timeout: { ms: 2000, text: '2s' } } });

  const answer = await http.get(server.url.replace('http:', 'https:'));

  expect(answer).toMatchObject({ result, reason });
  await server.stop();
});
