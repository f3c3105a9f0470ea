import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A fixed answer. */
interface WebReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

/** What the server was asked. */
interface RecordedRequest {
  readonly method: string;
  /** The path with its query, as it was sent. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer that depends on the request, or one that is late, broken or never comes. */
type WebHandler = (request: RecordedRequest, response: ServerResponse) => WebReply | void | Promise<WebReply | void>;

/** Answers by path: with the query first, then without; `*` answers the rest, which is 404 else. */
export type WebRoutes = Readonly<Record<string, WebReply | WebHandler>>;

/** A small web on 127.0.0.1. */
export interface WebServer {
  readonly port: number;
  /** `http://127.0.0.1:port`, without a slash at its end. */
  readonly url: string;
  /** Everything that was asked, in order. */
  readonly requests: readonly RecordedRequest[];
  /** Adds or replaces answers. */
  answer(routes: WebRoutes): void;
  /** Stops at once, open connections included. */
  stop(): Promise<void>;
}

/** Where it listens: by default at a free port. */
interface WebServerOptions {
  readonly port?: number;
}

/** Starts a web server that records its requests. */
export async function startWebServer(routes: WebRoutes, { port = 0 }: WebServerOptions = {}): Promise<WebServer> {
  let known = { ...routes };
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    reply(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(error instanceof Error ? error.message : String(error));
    });
  });

  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const recorded = { method, path, headers, body: await buffer(request) };
    requests.push(recorded);
    const route = known[path] ?? known[path.replace(/\?.*$/, '')] ?? known['*'] ?? { status: 404, body: 'not found' };
    const answer = typeof route === 'function' ? await route(recorded, response) : route;
    if (answer !== undefined) send(answer, response);
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the web server has no port');
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    requests,
    answer(more) {
      known = { ...known, ...more };
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function send({ status = 200, headers = {}, body = '' }: WebReply, response: ServerResponse): void {
  // Set one by one: writeHead's own type wants no read-only lists.
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.writeHead(status).end(body);
}
