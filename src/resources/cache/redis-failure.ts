import { UpstreamError } from '../../core/errors.ts';
import type { RedisAddress } from './redis-url.ts';

/** What was being done when it failed, as it stands in the sentence. */
export type RedisStep = 'connect to' | 'authenticate to' | 'select the database of' | 'read from' | 'write to';

/** The limits of each step, in milliseconds. Together they end the longest silence within 8 s. */
export const redisTimeouts = { connectMs: 3000, commandMs: 4000 } as const;

/** What the beginning of a reply or a driver's message means. */
const meanings: readonly (readonly [pattern: RegExp, reason: string, hint?: string])[] = [
  [/^WRONGPASS|^ERR invalid password/, 'wrong user name or password'],
  [/^NOAUTH/, 'the server asks for a password, and none is configured'],
  [/^ERR.*(no password is set|without any password)/, 'the server has no password for this user'],
  [/^NOPERM/, 'this user is not allowed to (NOPERM)', 'Allow it with ACL SETUSER on the server.'],
  [/^READONLY/, 'the server is a read-only replica', 'Name its master as the cache.'],
  [/^OOM/, 'the memory of the server is full (OOM)', 'Raise its maxmemory, or choose a policy that evicts.'],
  [/^LOADING/, 'the server is still loading its data'],
  [/^MASTERDOWN/, 'the server is a replica that has lost its master'],
  [/^MISCONF/, 'the server cannot save to its disk and refuses writes (MISCONF)'],
  [/^DENIED/, 'the server is in protected mode and refuses other hosts'],
  [/^ERR max number of clients/, 'the server has no connection left'],
  [/^ERR (DB index|invalid DB index)/, 'the server has no database of this number'],
  [
    /^(MOVED|ASK|CLUSTERDOWN|ERR SELECT is not allowed)/,
    'the server is part of a Redis cluster, which is not supported',
  ],
  [/^ECONNREFUSED/, 'connection refused'],
  [/^ENOENT/, 'there is no such socket'],
  [/^(EACCES|EPERM)/, 'the socket may not be opened by this user of the system'],
  [/^(ENOTFOUND|EAI_AGAIN)/, 'the host name is not known'],
  [/^(EHOSTUNREACH|ENETUNREACH)/, 'the host cannot be reached'],
  [/^ETIMEDOUT/, `no answer within ${redisTimeouts.connectMs / 1000} s`],
  [/^Command timed out/, `no answer within ${redisTimeouts.commandMs / 1000} s`],
  [/^(ECONNRESET|EPIPE|Connection is closed|Stream isn't writeable)/, 'the server closed the connection'],
  [/^(Unknown RESP|Protocol error|Command queue state)/i, 'what answers there is no Redis'],
];

/**
 * The failure of one step as one sentence: step, server, user, reason. The driver's errors carry the arguments of the
 * command, and so the password: nothing of them is passed on but their text, with the password struck out.
 */
export function redisFailure(step: RedisStep, address: RedisAddress, error: unknown): UpstreamError {
  const raw = textOf(error);
  const text = withoutSecret(raw, address.password);
  const [, reason, hint] = meanings.find(([pattern]) => pattern.test(raw)) ?? [null, text.slice(0, 200) || 'unknown'];
  const who = `${address.name} as user "${address.username ?? 'default'}"`;
  return new UpstreamError(`cannot ${step} ${who}: ${reason}`, { hint, cause: new Error(text) });
}

/** The code of a system's error, which is clearer than its message, then the message. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return [code, error.message].filter((part) => part !== '').join(': ');
}

function withoutSecret(text: string, password: string | null): string {
  return password === null ? text : text.replaceAll(password, '***');
}
