import Client from 'undici/lib/dispatcher/client.js';
import type { Dispatcher } from 'undici';
import { anyAddress, type AddressRules } from './address-rules.ts';
import { openConnector, type Connector } from './connector.ts';
import type { Names } from './names.ts';

/** Open connections, in groups that share nothing: a stranger's address never gets one that was made for the owner's. */
export interface Connections {
  /** One that is idle, or a new one; it is the taker's alone. */
  readonly take: (origin: string, kind: ConnectionKind) => Connection;
  /** Ends them all, whatever they are doing. */
  readonly close: () => Promise<void>;
}

/** What connections may be shared by. */
export interface ConnectionKind {
  readonly isTrusted: boolean;
  readonly verifyTls: boolean;
}

/** A connection for one request at a time, made when that is sent. */
export interface Connection {
  readonly client: Dispatcher;
  /** Given back: for the next one where the answer was read to its end, and ended otherwise. */
  readonly release: (isReusable: boolean) => void;
}

/** What connections need to know. */
export interface ConnectionsOptions {
  readonly names: Names;
  /** For addresses of strangers. */
  readonly rules: AddressRules;
  readonly connectTimeoutMs: number;
  /** Authorities to trust in the place of the system's own. */
  readonly ca?: string | undefined;
}

/** The most that the headers of an answer may take. */
const mostHeaderBytes = 64 * 1024;

// Servers keep an idle connection for five seconds at least: ours is gone before theirs.
const keepIdleMs = 2000;

/**
 * Opens nothing yet. undici's own pool is not used: it connects again for a request that was given up in the middle of
 * its answer.
 */
export function openConnections(options: ConnectionsOptions): Connections {
  const connectors = new Map<string, Connector>();
  const idle = new Map<string, Connection[]>();
  const all = new Set<Connection>();

  const connectorFor = (group: string, { isTrusted, verifyTls }: ConnectionKind): Connector => {
    const rules = isTrusted ? anyAddress : options.rules;
    const connector = connectors.get(group) ?? openConnector({ ...options, rules, verifyTls });
    connectors.set(group, connector);
    return connector;
  };

  const make = (origin: string, key: string, connector: Connector): Connection => {
    const { connect, abandon } = connector();
    const client = new Client(origin, {
      connect,
      maxHeaderSize: mostHeaderBytes,
      keepAliveTimeout: keepIdleMs,
      keepAliveMaxTimeout: keepIdleMs,
      // Each request has its own time, and it is kept outside.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    let isConnected = false;
    const end = (): void => {
      all.delete(connection);
      const others = idle.get(key)?.filter((other) => other !== connection) ?? [];
      if (others.length === 0) idle.delete(key);
      else idle.set(key, others);
      abandon();
      if (!client.destroyed) void client.destroy();
    };
    client.on('connect', () => void (isConnected = true));
    client.on('disconnect', () => {
      isConnected = false;
      if (idle.get(key)?.includes(connection) === true) end();
    });
    const connection: Connection = {
      client,
      release: (isReusable) => {
        if (isReusable && isConnected && !client.destroyed) idle.set(key, [...(idle.get(key) ?? []), connection]);
        else end();
      },
    };
    all.add(connection);
    return connection;
  };

  return {
    take: (origin, kind) => {
      const group = `${kind.isTrusted} ${kind.verifyTls}`;
      const key = `${group} ${origin}`;
      const waiting = idle.get(key) ?? [];
      const last = waiting.at(-1);
      if (last === undefined) return make(origin, key, connectorFor(group, kind));
      idle.set(key, waiting.slice(0, -1));
      return last;
    },
    close: async () => {
      const ends = [...all].map(({ client }) => client.destroy());
      for (const connection of all) connection.release(false);
      await Promise.all(ends);
    },
  };
}
