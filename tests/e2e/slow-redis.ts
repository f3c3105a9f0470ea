import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import type { RedisServer } from '../helpers/servers/redis.ts';

/** A real Redis behind a line on which every SET takes a second: a run lasts as long as a test wants. */
export interface SlowRedis {
  readonly url: string;
  /** Ends when a SET has come: the run is in the midst of its work. */
  reached(): Promise<void>;
  /** From now on the line is fast, also for what waits. */
  letGo(): void;
  /** From now on the line is slow again. */
  slowDown(): void;
}

const DELAY_MS = 1000;
const SET = /\$3\r\nset\r\n/i;

/** Gives the suite such a line to its Redis. With `concurrency: 1` fifty articles would take a minute. */
export function useSlowRedis(redis: () => RedisServer): () => SlowRedis {
  const sockets = new Set<Socket>();
  let port = 0;
  let gate = closedGate();
  let arrival = closedGate();
  const server = createServer((client) => {
    const upstream = connect(redis().port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    const forward = async (chunk: Buffer): Promise<void> => {
      if (SET.test(chunk.toString('latin1'))) {
        arrival.open();
        await Promise.race([sleep(DELAY_MS), gate.opened]);
      }
      upstream.write(chunk);
    };
    let line = Promise.resolve();
    client.on('data', (chunk: Buffer) => {
      line = line.then(() => forward(chunk));
    });
    client.on('close', () => upstream.destroy());
    upstream.pipe(client);
  });

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return () => ({
    url: `redis://127.0.0.1:${port}/0`,
    reached: () => arrival.opened,
    letGo: () => gate.open(),
    slowDown: () => {
      gate = closedGate();
      arrival = closedGate();
    },
  });
}

interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

function closedGate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
