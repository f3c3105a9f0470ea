import { requireProgram } from './programs.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What a test may ask of its Redis. */
export interface RedisOptions {
  readonly password?: string;
  /** More of redis-server's own arguments, such as `['--maxmemory', '1mb']`. */
  readonly args?: readonly string[];
}

/** A Redis of one's own. */
export interface RedisServer extends ServerProcess {
  /** `redis://127.0.0.1:port/0`, with the password where there is one. */
  readonly url: string;
}

/** Starts a Redis that keeps nothing on disk: some 20 ms. */
export async function startRedis({ password, args = [] }: RedisOptions = {}): Promise<RedisServer> {
  const program = requireProgram('redis-server');
  const folder = await temporaryFolder('redis');
  const fixed = ['--bind', '127.0.0.1', '--dir', folder.path, '--save', '', '--appendonly', 'no'];
  const secret = password === undefined ? [] : ['--requirepass', password];
  const server = await startServerProcess({
    name: 'redis-server',
    folder,
    owner: null,
    stopSignal: 'SIGTERM',
    command: (port) => [program, '--port', String(port), ...fixed, ...secret, ...args],
  });
  const login = password === undefined ? '' : `:${encodeURIComponent(password)}@`;
  return { ...server, url: `redis://${login}127.0.0.1:${server.port}/0` };
}
