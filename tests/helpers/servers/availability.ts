import { describe, test } from 'vitest';
import { findPostgresProgram, findProgram, findSystemUser, isRoot } from './programs.ts';

/** The programs of the system that some suites need. */
export type ServerKind = 'redis' | 'mariadb' | 'postgres' | 'cron' | 'python3' | 'sqlite3';

/** Set to `required` where a missing server is a failure, as in CI, and not a reason to skip. */
const SERVERS_VARIABLE = 'BLOGCTL_TEST_SERVERS';

const CHECKS: Record<ServerKind, () => string | null> = {
  redis: () => missing('redis-server', 'redis-server'),
  mariadb: () => missing('mariadbd', 'mariadb-server') ?? missing('mariadb-install-db', 'mariadb-server'),
  postgres: () => missingPostgres(),
  cron: () => missing('cron', 'cron') ?? missing('crontab', 'cron') ?? missing('useradd', 'passwd') ?? onlyAsRoot(),
  python3: () => missing('python3', 'python3'),
  sqlite3: () => missing('sqlite3', 'sqlite3'),
};

/** Why suites that need this program cannot run here, in words; null where they can. */
export function serverMissing(kind: ServerKind): string | null {
  return CHECKS[kind]();
}

/**
 * A suite that needs programs of the system. Where one is missing, the suite is skipped and its name says
 * why; where `BLOGCTL_TEST_SERVERS=required`, it fails and says why.
 */
export function describeWithServer(kinds: ServerKind | readonly ServerKind[], name: string, suite: () => void): void {
  const reasons = [kinds].flat().flatMap((kind) => serverMissing(kind) ?? []);
  if (reasons.length === 0) {
    describe(name, suite);
    return;
  }
  const reason = reasons.join('; ');
  if (process.env[SERVERS_VARIABLE] === 'required') {
    describe(name, () => {
      test('has the servers that it needs', () => {
        throw new Error(`${reason}, and ${SERVERS_VARIABLE}=required`);
      });
    });
    return;
  }
  describe.skipIf(true)(`${name} (skipped: ${reason})`, suite);
}

function missing(program: string, debianPackage: string): string | null {
  return findProgram(program) === null ? `${program} is not installed (apt install ${debianPackage})` : null;
}

function missingPostgres(): string | null {
  if (findPostgresProgram('postgres') === null || findPostgresProgram('initdb') === null) {
    return 'postgres is not installed (apt install postgresql)';
  }
  if (isRoot() && findSystemUser('postgres') === null) return 'postgres refuses root, and has no user of its own here';
  return null;
}

function onlyAsRoot(): string | null {
  return isRoot() ? null : 'a test of the cron daemon needs root';
}
