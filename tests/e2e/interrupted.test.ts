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

  const cases = [
    { scheme: 'mysql', args: ['warm-cache'], signal: 'SIGINT', code: 130 },
    { scheme: 'postgres', args: ['run', 'warm-cache', '--scheduled'], signal: 'SIGTERM', code: 143 },
    { scheme: 'mysql', args: ['history'], signal: 'SIGTERM', code: 143 },
    { scheme: 'postgres', args: ['history', '--json'], signal: 'SIGINT', code: 130 },
  ] as const;

  test('keeps no command from heeding a signal soon', async () => {
    const started = [];
    for (const { scheme, args } of cases) {
      const site = await openSite({ database: `${scheme}://blog:pw@127.0.0.1:${port}/izone` });
      const connected = once(server, 'connection');
      started.push(site.start(args));
      await connected;
    }

    const ended = started.map((running, index) => {
      running.kill(cases[index]?.signal ?? 'SIGKILL');
      return running.ended;
    });

    for (const [index, result] of (await Promise.all(ended)).entries()) {
      expect(result).toMatchObject({ code: cases[index]?.code, signal: null });
      expect(result.stderr).toContain(`interrupted by ${cases[index]?.signal}`);
    }
  });

  test('is given up after its time-out, with the step that failed', async () => {
    const site = await openSite({ database: `mysql://blog:pw@127.0.0.1:${port}/izone` });

    const result = await site.blogctl(['history']);

    expect(result).toMatchObject({ code: 1, stdout: '' });
    expect(result.stderr).toContain(`MySQL at 127.0.0.1:${port}: could not connect as "blog": no answer in time`);
  });
});
