// Parts of undici that are loaded by themselves: the whole takes twice the time and the memory. Their types are those
// that the whole gives them.
declare module 'undici/lib/dispatcher/client.js' {
  import { Client } from 'undici';
  export default Client;
}

declare module 'undici/lib/core/connect.js' {
  import { buildConnector } from 'undici';
  export default buildConnector;
}
