import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite } from './site.ts';

describe('a server that accepts and says nothing', () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  let port = 0;

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  test.each([
    { scheme: 'mysql', args: ['warm-cache'], signal: 'SIGINT', code: 130 },
    { scheme: 'postgres', args: ['run', 'warm-cache', '--scheduled'], signal: 'SIGTERM', code: 143 },
    { scheme: 'mysql', args: ['history'], signal: 'SIGTERM', code: 143 },
    { scheme: 'postgres', args: ['history', '--json'], signal: 'SIGINT', code: 130 },
  ] as const)('keeps $signal from $scheme $args only for a moment', async ({ scheme, args, signal, code }) => {
    const site = await openSite({ database: `${scheme}://blog:pw@127.0.0.1:${port}/izone` });
    const connected = once(server, 'connection');

    const running = site.start(args);
    await connected;
    running.kill(signal);
    const result = await running.ended;

    expect(result).toMatchObject({ code, signal: null });
    expect(result.stderr).toContain(`interrupted by ${signal}`);
  });

  test('is given up after its time-out, with the step that failed', async () => {
    const site = await openSite({ database: `mysql://blog:pw@127.0.0.1:${port}/izone` });

    const result = await site.blogctl(['history']);

    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toContain(`MySQL at 127.0.0.1:${port}: could not connect as "blog": no answer in time`);
  });
});
