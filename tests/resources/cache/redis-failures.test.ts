import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { UpstreamError } from '../../../src/core/errors.ts';
import { openRedisCache } from '../../../src/resources/cache/redis.ts';
import { describeWithServer } from '../../helpers/servers/availability.ts';
import { freePort } from '../../helpers/servers/free-port.ts';
import { startRedis } from '../../helpers/servers/redis.ts';
import { useRedis } from '../../helpers/servers/use.ts';

const secret = 's3cret-pässword';
const login = `:${encodeURIComponent(secret)}@`;

describe('a server that is none', () => {
  const fakes: Server[] = [];
  const sockets: Socket[] = [];

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const fake of fakes.splice(0)) fake.close();
  });

  /** Listens, and does as the test says with each connection. */
  async function fake(onConnection: (socket: Socket) => unknown): Promise<number> {
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      onConnection(socket);
    }).listen(0, '127.0.0.1');
    fakes.push(server);
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  function answering(reply: string): (socket: Socket) => unknown {
    return (socket) => socket.on('data', () => socket.write(reply));
  }

  test('nobody listens', async () => {
    const port = await freePort();

    expect(await failureOf(`redis://${login}127.0.0.1:${port}/2`)).toBe(
      `cannot connect to redis 127.0.0.1:${port}/2 as user "default": connection refused`,
    );
  });

  test('a socket that is not there', async () => {
    expect(await failureOf(`unix://${login}/nonexistent/redis.sock`)).toBe(
      'cannot connect to redis unix:/nonexistent/redis.sock?db=0 as user "default": there is no such socket',
    );
  });

  test('a host that nobody knows', async () => {
    expect(await failureOf(`redis://${login}no-such-host.invalid`)).toContain('the host name is not known');
  });

  test('it accepts and says nothing', async () => {
    const port = await fake(() => undefined);

    expect(await failureOf(`redis://izone${login}127.0.0.1:${port}`)).toBe(
      `cannot authenticate to redis 127.0.0.1:${port}/0 as user "izone": no answer within 4 s`,
    );
  });

  test('it accepts and says nothing, and no password is given', async () => {
    const port = await fake(() => undefined);

    expect(await failureOf(`redis://127.0.0.1:${port}`)).toMatch(/^cannot connect to .*: no answer within 4 s$/);
  });

  test('it never speaks TLS', async () => {
    const port = await fake(() => undefined);

    expect(await failureOf(`rediss://${login}127.0.0.1:${port}`)).toMatch(/^cannot connect to rediss .* no answer/);
  });

  test('it closes at once', async () => {
    const port = await fake((socket) => socket.end());

    expect(await failureOf(`redis://127.0.0.1:${port}`)).toContain('the server closed the connection');
  });

  test.each([
    ['a web server', answering('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['an SSH server', (socket: Socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')],
    ['a MySQL server', (socket: Socket) => socket.write('J\0\0\0\n8.0.36\0')],
  ])('it is %s', async (_, behave) => {
    const port = await fake(behave);

    expect(await failureOf(`redis://${login}127.0.0.1:${port}`)).toContain('what answers there is no Redis');
  });

  test.each([
    ['-LOADING Redis is loading the dataset in memory', 'the server is still loading its data'],
    ['-DENIED Redis is running in protected mode', 'the server is in protected mode and refuses other hosts'],
    ['-ERR max number of clients reached', 'the server has no connection left'],
    ['-NOPERM User default has no permissions', 'this user is not allowed to (NOPERM)'],
    ['-ERR something new', 'ERR something new'],
  ])('it answers %s', async (reply, reason) => {
    const port = await fake(answering(`${reply}\r\n`));

    expect(await failureOf(`redis://${login}127.0.0.1:${port}`)).toMatch(new RegExp(`: ${escaped(reason)}$`));
  });

  test('it repeats the password in its answer', async () => {
    const port = await fake(answering(`-ERR unknown command 'auth', with args beginning with: '${secret}'\r\n`));

    expect(await failureOf(`redis://${login}127.0.0.1:${port}`)).toContain("beginning with: '***'");
  });
});

describeWithServer('redis', 'a server that refuses', () => {
  const server = useRedis({ password: secret });

  test('a wrong password', async () => {
    expect(await failureOf(`redis://:wrong-${secret}@127.0.0.1:${server().port}`)).toBe(
      `cannot authenticate to redis 127.0.0.1:${server().port}/0 as user "default": wrong user name or password`,
    );
  });

  test('an unknown user', async () => {
    expect(await failureOf(`redis://bob${login}127.0.0.1:${server().port}`)).toContain(
      'as user "bob": wrong user name or password',
    );
  });

  test('nobody without a password', async () => {
    expect(await failureOf(`redis://127.0.0.1:${server().port}`)).toMatch(
      /^cannot authenticate to .*: the server asks for a password, and none is configured$/,
    );
  });

  test('a database that it has not', async () => {
    expect(await failureOf(`redis://${login}127.0.0.1:${server().port}/99`)).toBe(
      `cannot select the database of redis 127.0.0.1:${server().port}/99 as user "default": the server has no database of this number`,
    );
  });
});

describeWithServer('redis', 'a server that fails later', () => {
  test.each([
    ['is a replica', ['--replicaof', '127.0.0.1', '1'], 'the server is a read-only replica'],
    ['is full', ['--maxmemory', '1'], 'the memory of the server is full (OOM)'],
  ])('at a write, where it %s', async (_, args, reason) => {
    const server = await startRedis({ password: secret, args });
    const cache = await openRedisCache({ url: server.url, readOnly: false });
    try {
      expect(await failure(cache.set('key', 1, 100))).toBe(
        `cannot write to redis 127.0.0.1:${server.port}/0 as user "default": ${reason}`,
      );
      expect(await cache.present(['key'])).toEqual(new Set());
    } finally {
      await cache.close();
      await server.stop();
    }
  });

  test('where it is a replica that has lost its master', async () => {
    const server = await startRedis({ args: ['--replicaof', '127.0.0.1', '1', '--replica-serve-stale-data', 'no'] });
    try {
      expect(await failureOf(server.url, async (cache) => cache.get('key'))).toContain('has lost its master');
    } finally {
      await server.stop();
    }
  });

  test('at a read, where it has died', async () => {
    const server = await startRedis();
    const cache = await openRedisCache({ url: server.url, readOnly: false });
    await server.kill();

    expect(await failure(cache.get('key'))).toMatch(/^cannot read from redis .*: the server closed the connection$/);
    expect(await failure(cache.present(['key']))).toContain('cannot read from');
    expect(await failure(cache.remove(['key']))).toContain('cannot write to');
    expect(await failure(firstPage(cache.keysWithPrefix('')))).toContain('cannot read from');
    await cache.close();
    await server.stop();
  });

  test('at a read, where it has gone silent; closing does not wait for it', async () => {
    const server = await startRedis({ password: secret });
    const cache = await openRedisCache({ url: server.url, readOnly: false });
    server.pause();

    expect(await failure(cache.present(['a', 'b']))).toMatch(/^cannot read from redis .*: no answer within 4 s$/);
    await cache.close();
    await cache.close();
    await server.stop();
  });
});

/** The message of the UpstreamError that opening, or the step after, ends with; whatever it holds is free of the secret. */
async function failureOf(
  url: string,
  then: (cache: Awaited<ReturnType<typeof openRedisCache>>) => Promise<unknown> = (cache) => cache.close(),
): Promise<string> {
  return failure(openRedisCache({ url, readOnly: false }).then(then));
}

async function failure(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UpstreamError);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret);
  return error instanceof Error ? error.message : '';
}

async function firstPage(pages: AsyncIterable<readonly string[]>): Promise<readonly string[]> {
  for await (const page of pages) return page;
  return [];
}

function escaped(text: string): string {
  return text.replace(/[()]/g, '\\$&');
}
