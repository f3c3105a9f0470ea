import { onTestFinished } from 'vitest';
import type { HttpAnswer, HttpRequest, HttpSettings } from '../../src/core/http.ts';
import type { ClientPorts } from '../../src/resources/http/client.ts';
import { openHttp, type HttpOptions, type OpenHttp } from '../../src/resources/http/open.ts';
import { testHttp } from './run.ts';

/** What a test may say of its client; the rest is as in a run, but impatient. */
export interface TestClientOptions extends Partial<Omit<HttpOptions, 'settings'>>, ClientPorts {
  readonly settings?: Partial<HttpSettings>;
}

/** A client whose requests need not say everything. */
export interface TestClient extends OpenHttp {
  readonly get: (url: string, asked?: Partial<HttpRequest>) => Promise<HttpAnswer>;
}

/** A client for the length of a test; it may go to 127.0.0.0/8. */
export async function testClient(options: TestClientOptions = {}): Promise<TestClient> {
  const { settings, resolve, ca, random = () => 0, ...rest } = options;
  const http = await openHttp(
    {
      settings: {
        ...testHttp,
        perHost: 32,
        timeout: { ms: 5000, text: '5s' },
        connectTimeout: { ms: 5000, text: '5s' },
        answerTimeout: { ms: 3_600_000, text: '1h' },
        ...settings,
      },
      readOnly: false,
      version: '1.2.3',
      blogUrl: null,
      elapsedMs: () => performance.now(),
      ...rest,
    },
    { resolve, ca, random },
  );
  onTestFinished(() => http.close());
  const { signal } = new AbortController();
  return { ...http, get: (url, asked) => http.fetch({ url, read: 'text', attempts: 1, signal, ...asked }) };
}
