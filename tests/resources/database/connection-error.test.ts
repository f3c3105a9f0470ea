import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { inspect, promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { UpstreamError } from '../../../src/core/errors.ts';
import { describeWithServer } from '../../helpers/servers/availability.ts';
import { freePort } from '../../helpers/servers/free-port.ts';
import { useMariadb, usePostgres, type TestDatabase } from '../../helpers/servers/use.ts';
import { open, rejection } from './open-all.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const secret = 's3cret-pässword';
const login = `izone:${encodeURIComponent(secret)}`;

/** The sentence of a failure to open; its secret must be nowhere in it, however deep. */
async function failureOf(url: string): Promise<string> {
  const error = await rejection(open(url));
  const everything = inspect(error, { depth: 10, showHidden: true });
  for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64'), 'p@ss:w/rd']) {
    expect(everything).not.toContain(form);
  }
  expect(error).toBeInstanceOf(UpstreamError);
  expect(error.cause).toBeInstanceOf(Error);
  return error.message;
}

const silentServers: Server[] = [];
const sockets: Socket[] = [];

/** Accepts, and does as the test says. */
async function fake(onConnection: (socket: Socket) => unknown): Promise<number> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  }).listen(0, '127.0.0.1');
  silentServers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of silentServers) server.close();
});

describe.each([
  ['mysql', 'MySQL', 'socket=/nonexistent/my.sock', '/nonexistent/my.sock'],
  ['postgres', 'PostgreSQL', 'host=/nonexistent', '/nonexistent'],
])('%s is not where it should be', (scheme, kind, missingSocket, described) => {
  test('nothing listens there', async () => {
    const port = await freePort();

    expect(await failureOf(`${scheme}://${login}@127.0.0.1:${port}/blog`)).toBe(
      `${kind} at 127.0.0.1:${port}: could not connect as "izone": nothing listens there (connection refused)`,
    );
  });

  test('nothing listens on any address of the name', async () => {
    const port = await freePort();

    expect(await failureOf(`${scheme}://${login}@localhost:${port}/blog`)).toBe(
      `${kind} at localhost:${port}: could not connect as "izone": nothing listens there (connection refused)`,
    );
  });

  test('its socket is missing', async () => {
    expect(await failureOf(`${scheme}://${login}@/blog?${missingSocket}`)).toBe(
      `${kind} at ${described}: could not connect as "izone": there is no such socket`,
    );
  });

  test('its name cannot be resolved', async () => {
    expect(await failureOf(`${scheme}://${login}@no-such-host.invalid/blog`)).toMatch(
      new RegExp(
        `^${kind} at no-such-host.invalid:\\d+: could not connect as "izone": the name no-such-host.invalid cannot be resolved$`,
      ),
    );
  });

  test('somebody hangs up at once', async () => {
    const port = await fake((socket) => socket.destroy());

    expect(await failureOf(`${scheme}://${login}@127.0.0.1:${port}/blog`)).toBe(
      `${kind} at 127.0.0.1:${port}: could not connect as "izone": the server closed the connection`,
    );
  });

  test('somebody answers who is no database', async () => {
    const port = await fake((socket) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'));

    expect(await failureOf(`${scheme}://${login}@127.0.0.1:${port}/blog`)).toContain(
      `${kind} at 127.0.0.1:${port}: could not connect as "izone": `,
    );
  });
});

describe.concurrent('somebody accepts and never says a word: the wait has an end', () => {
  test.each([
    ['mysql', 'MySQL'],
    ['postgres', 'PostgreSQL'],
  ])('%s', async (scheme, kind) => {
    const port = await fake(() => undefined);

    expect(await failureOf(`${scheme}://${login}@127.0.0.1:${port}/blog`)).toBe(
      `${kind} at 127.0.0.1:${port}: could not connect as "izone": no answer in time`,
    );
  });
});

refusals('mariadb', 'MySQL', useMariadb);
refusals('postgres', 'PostgreSQL', usePostgres);

function refusals(server: 'mariadb' | 'postgres', kind: string, use: () => () => TestDatabase): void {
  describeWithServer(server, `${kind} refuses`, () => {
    const database = use();
    const scheme = server === 'mariadb' ? 'mysql' : 'postgres';
    const at = (): string => `127.0.0.1:${database().server.port}`;
    const none = 'no password was given';
    const wrong = 'the password was refused';

    test('a wrong password', async () => {
      expect(await failureOf(`${scheme}://${login}@${at()}/${database().name}`)).toBe(
        `${kind} at ${at()}: could not log in as "izone": ${wrong}, or the user may not come from here`,
      );
    });

    test.each(['izone', 'izone:'])('%s without a password', async (user) => {
      const told = user.endsWith(':') ? wrong : none;

      expect(await failureOf(`${scheme}://${user}@${at()}/${database().name}`)).toBe(
        `${kind} at ${at()}: could not log in as "izone": ${told}, or the user may not come from here`,
      );
    });

    test.each(['izone', 'izone:', 'izone:wrong'])('%s, and keeps no process alive by an open socket', async (user) => {
      const script = `
        import { openDatabase } from './src/resources/database/open.ts';
        const url = ${JSON.stringify(`${scheme}://${user}@${at()}/${database().name}`)};
        await openDatabase({ url, folder: '/', readOnly: false, zone: 'UTC' }).catch((error) => console.log(error.kind));
        await new Promise((resolve) => setTimeout(resolve, 300));
        console.log(process.getActiveResourcesInfo().filter((name) => name.startsWith('TCPSocket')).length);
        process.exit();`;
      const args = ['--import', 'tsx', '--input-type=module', '--eval', script];

      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 30_000 });

      expect(stdout).toBe('upstream\n0\n');
    });

    test('an unknown user', async () => {
      expect(await failureOf(`${scheme}://nobody:${encodeURIComponent(secret)}@${at()}/${database().name}`)).toBe(
        `${kind} at ${at()}: could not log in as "nobody": ${wrong}, or the user may not come from here`,
      );
    });

    test('an unknown database', async () => {
      const url = database().url.replace(database().name, 'no_such_blog');

      expect(await failureOf(url)).toBe(
        `${kind} at ${at()}: could not open the database "no_such_blog" as "izone": there is no such database`,
      );
    });

    test('through its socket, too', async () => {
      const url = database().socketUrl.replace(/\/\/.*?@/, `//${login}@`);

      expect(await failureOf(url)).toBe(
        `${kind} at ${database().server.socket}: could not log in as "izone": ${wrong}, or the user may not come from here`,
      );
    });

    test('nothing, where all is right, over TCP and through the socket', async () => {
      for (const url of [database().url, database().socketUrl]) {
        const opened = await open(url);

        expect(opened.name).toContain(`${kind} database ${database().name} on `);
        expect(inspect(opened, { depth: 10, showHidden: true })).not.toContain('p@ss:w/rd');
        await opened.close();
      }
    });
  });
}
