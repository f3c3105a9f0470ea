import type { Http, HttpSettings } from '../../core/http.ts';
import type { ClientPorts } from './client.ts';

/** How the web is asked. */
export interface HttpOptions {
  readonly settings: HttpSettings;
  /** Only GET and HEAD. */
  readonly readOnly: boolean;
  /** blogctl's own. */
  readonly version: string;
  /** The blog's address, or how to learn it, which is asked for with the first request; null where nobody knows it. */
  readonly blogUrl: string | null | (() => Promise<string | null>);
  readonly elapsedMs: () => number;
}

/** The web, and what gives its connections back. */
export interface OpenHttp extends Http {
  readonly close: () => Promise<void>;
}

/**
 * Opens nothing yet: the client is loaded with the first request, and connections are made when they are needed.
 * Closing ends every request at once. HTTP_PROXY and its like are not used: a proxy would look names up by itself, and
 * nobody could say which addresses it connects to.
 */
export async function openHttp(options: HttpOptions, ports: ClientPorts = {}): Promise<OpenHttp> {
  let client: Promise<OpenHttp> | undefined;
  const open = async (): Promise<OpenHttp> => {
    const { openClient } = await import('./client.ts');
    const { blogUrl: known } = options;
    const blogUrl = typeof known === 'function' ? await known() : known;
    return openClient({ ...options, blogUrl }, ports);
  };
  return {
    fetch: (asked) => {
      // The second lock: the first, change(), was forgotten, and that is a bug.
      const { method = 'GET' } = asked;
      if (options.readOnly && method !== 'GET' && method !== 'HEAD')
        throw new Error('a dry run cannot send anything to the web');
      client ??= open();
      return client.then((opened) => opened.fetch(asked));
    },
    close: async () => {
      await (await client)?.close();
    },
  };
}
