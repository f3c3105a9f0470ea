import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** Says what it likes on a connection; `request` is the text of the request as far as its headers. */
export type RawAnswer = (socket: Socket, request: string) => void;

/** A server that need not speak HTTP. */
export interface RawServer {
  readonly port: number;
  /** `http://127.0.0.1:port`, without a slash at its end. */
  readonly url: string;
  readonly connections: () => number;
  /** How many of them are still open. */
  readonly open: () => number;
  stop(): Promise<void>;
}

/** Answers each request by its path; `onConnect` may take the connection before anything was asked. */
export async function startRawServer(
  answers: Readonly<Record<string, RawAnswer>>,
  { host = '127.0.0.1', onConnect }: { readonly host?: string; readonly onConnect?: (socket: Socket) => void } = {},
): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    onConnect?.(socket);
    let request = '';
    socket.on('data', (bytes) => {
      request += bytes.toString('latin1');
      if (!request.includes('\r\n\r\n')) return;
      const asked = request;
      request = '';
      const path = asked.split(' ')[1] ?? '';
      (answers[path] ?? answers['*'] ?? ((it) => void it.end()))(socket, asked);
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    connections: () => connections,
    open: () => sockets.size,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
