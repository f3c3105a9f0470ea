/** Where a database server listens and who may come in: plain data, so that it can pass between processes. */
export interface DatabaseCoordinates {
  readonly port: number;
  /** MariaDB: the socket file. PostgreSQL: the folder that holds it. */
  readonly socket: string;
  readonly user: string;
  readonly password: string;
}

/** What a test may do with a database server, its own or the run's. */
export interface DatabaseAccess extends DatabaseCoordinates {
  /** The address over TCP, as a user writes it into the configuration. */
  url(database: string): string;
  /** The address over the server's Unix socket. */
  socketUrl(database: string): string;
  createDatabase(name: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
}

/** The blog's user on every test server. */
export const DATABASE_USER = 'izone';

/** Each of these characters has a meaning in an address: a driver or a parser that forgets to decode fails at once. */
export const DATABASE_PASSWORD = 'p@ss:w/rd';

/** `user:password`, encoded for an address. */
export function credentials({ user, password }: DatabaseCoordinates): string {
  return `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
}
