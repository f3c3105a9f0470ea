// Parts of undici that are loaded by themselves: the whole takes twice the time and the memory. Their types are those
// that the whole gives them, but that a connector returns the socket, which the whole's own type leaves out.
declare module 'undici/lib/dispatcher/client.js' {
  import { Client } from 'undici';
  export default Client;
}

declare module 'undici/lib/core/connect.js' {
  import type { Socket } from 'node:net';
  import type { buildConnector } from 'undici';
  export default function build(
    options?: buildConnector.BuildOptions,
  ): (options: buildConnector.Options, done: buildConnector.Callback) => Socket;
}
