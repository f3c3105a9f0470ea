import type { Host } from '../../core/host.ts';

/** What an izone container's own environment says of its database, cache and protocol. */
export interface BlogEnvironment {
  /** A mysql:// URL; null where neither a host nor a name is set. */
  readonly database: string | null;
  /** A redis:// URL; null where no host is set. */
  readonly cache: string | null;
  readonly protocol: 'http' | 'https';
  readonly secrets: readonly string[];
}

/**
 * Reads the variables that izone itself is configured by: IZONE_MYSQL_HOST, _NAME, _USER, _PASSWORD, _PORT,
 * IZONE_REDIS_HOST, _PORT and IZONE_PROTOCOL_HTTPS (HTTP or HTTPS).
 */
export function readBlogEnvironment(host: Host): BlogEnvironment {
  const read = (name: string): string | null => {
    const value = host.variables[name];
    return value === undefined || value === '' ? null : value;
  };
  const password = read('IZONE_MYSQL_PASSWORD');
  const redisHost = read('IZONE_REDIS_HOST');
  const isMysqlNamed = read('IZONE_MYSQL_HOST') !== null || read('IZONE_MYSQL_NAME') !== null;
  const user = encodeURIComponent(read('IZONE_MYSQL_USER') ?? 'root');
  const userPart = password === null ? user : `${user}:${encodeURIComponent(password)}`;
  const server = `${inAddress(read('IZONE_MYSQL_HOST') ?? '127.0.0.1')}:${read('IZONE_MYSQL_PORT') ?? '3306'}`;
  const name = encodeURIComponent(read('IZONE_MYSQL_NAME') ?? 'izone');
  return {
    database: isMysqlNamed ? `mysql://${userPart}@${server}/${name}` : null,
    cache: redisHost === null ? null : `redis://${inAddress(redisHost)}:${read('IZONE_REDIS_PORT') ?? '6379'}/0`,
    protocol: /^(https|true|on|yes|1)$/i.test(read('IZONE_PROTOCOL_HTTPS') ?? '') ? 'https' : 'http',
    secrets: password === null ? [] : [password],
  };
}

// An address of IPv6 has colons of its own.
function inAddress(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
