import { isIP } from 'node:net';
import { Redis, type RedisOptions } from 'ioredis';
import { RefusedWrite } from './entry.ts';
import { redisFailure, type RedisStep, redisTimeouts } from './redis-failure.ts';
import type { RedisAddress } from './redis-url.ts';

/** All that goes out in read-only mode. What is not named here cannot write, whatever a later Redis calls it. */
const readingCommands: ReadonlySet<string> = new Set(['auth', 'select', 'ping', 'exists', 'get', 'pttl', 'scan']);

/** One connection, each step of which fails with a sentence. */
export interface RedisClient {
  readonly redis: Redis;
  /** Runs a step; whatever the driver throws becomes an UpstreamError. A refused write passes as it is: it is a bug. */
  readonly attempt: <T>(step: RedisStep, run: () => Promise<T>) => Promise<T>;
  /** Ends the connection, within a moment even where the server no longer listens. */
  readonly close: () => Promise<void>;
}

/** A connection that lets nothing through but reading commands: every command, also of a pipeline, comes by here. */
class ReadingRedis extends Redis {
  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    if (readingCommands.has(command.name.toLowerCase())) return super.sendCommand(command, stream);
    throw new RefusedWrite(command.name.toUpperCase());
  }
}

/** Connects, authenticates, selects the database and asks whether the server is ready. Throws an UpstreamError. */
export async function connectRedis(address: RedisAddress, readOnly: boolean): Promise<RedisClient> {
  const redis = readOnly ? new ReadingRedis(optionsFor(address)) : new Redis(optionsFor(address));
  // The rejection says only "Connection is closed"; why, the event before it knows.
  let lastEvent: unknown = null;
  redis.on('error', (error: unknown) => {
    lastEvent = error;
  });
  async function attempt<T>(step: RedisStep, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof RefusedWrite) throw error;
      const isClosed = error instanceof Error && error.message.startsWith('Connection is closed');
      throw redisFailure(step, address, isClosed && lastEvent !== null ? lastEvent : error);
    }
  }
  const client: RedisClient = { redis, attempt, close: () => disconnect(redis) };
  try {
    await greet(client, address);
    return client;
  } catch (error) {
    await disconnect(redis);
    throw error;
  }
}

/** By hand and not by the driver, so that each step is known by its own failure. */
async function greet({ redis, attempt }: RedisClient, { username, password, database }: RedisAddress): Promise<void> {
  await attempt('connect to', () => redis.connect());
  if (password !== null) {
    const credentials = username === null ? [password] : [username, password];
    await attempt('authenticate to', () => redis.call('auth', ...credentials));
  }
  const greeting = await redis.ping().catch((error: unknown) => error);
  if (greeting instanceof Error && !greeting.message.startsWith('NOPERM')) {
    const step = greeting.message.startsWith('NOAUTH') ? 'authenticate to' : 'connect to';
    await attempt(step, () => Promise.reject(greeting));
  }
  if (database !== 0) await attempt('select the database of', () => redis.select(database));
}

/** Fails fast where the driver's defaults would wait for ever, and sends nothing of its own accord. */
function optionsFor({ endpoint }: RedisAddress): RedisOptions & { replyMapping?: 'legacy' } {
  const where =
    'path' in endpoint
      ? { path: endpoint.path }
      : { host: endpoint.host, port: endpoint.port, ...(endpoint.tls && { tls: serverName(endpoint.host) }) };
  return {
    ...where,
    lazyConnect: true,
    connectTimeout: redisTimeouts.connectMs,
    commandTimeout: redisTimeouts.commandMs,
    disconnectTimeout: 250,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    disableClientInfo: true,
    protocol: 2,
    retryStrategy: () => null,
  };
}

/** The name that the certificate is checked against and that is sent along; an IP address must not be sent. */
function serverName(host: string): { servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}

async function disconnect(redis: Redis): Promise<void> {
  if (redis.status === 'end') return;
  const ended = new Promise<void>((resolve) => redis.once('end', resolve));
  redis.disconnect();
  await ended;
}
