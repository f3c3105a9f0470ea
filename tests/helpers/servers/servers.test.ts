import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import mysql from 'mysql2/promise';
import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { describeWithServer } from './availability.ts';
import { startMariadb } from './mariadb.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';
import { startServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { useMariadb, usePostgres, useRedis } from './use.ts';

describeWithServer('redis', 'Redis', () => {
  const redis = useRedis({ password: 'p@ss:w/rd' });

  test('answers at its address', async () => {
    const client = new Redis(redis().url);

    await expect(client.ping()).resolves.toBe('PONG');

    await client.quit();
  });

  test('says nothing while it is paused, and answers after', async () => {
    const client = new Redis(redis().url, { commandTimeout: 200 });
    await client.ping();

    redis().pause();
    await expect(client.ping()).rejects.toThrow('timed out');
    redis().resume();

    await expect.poll(() => client.ping().catch(() => 'silent')).toBe('PONG');
    await client.quit();
  });

  test.each(['stop', 'kill'] as const)('is gone after %s', async (end) => {
    const other = await startRedis();

    await other[end]();

    expect(isAlive(other.pid)).toBe(false);
    await other.stop();
  });

  test('stops even where it is paused', async () => {
    const other = await startRedis();

    other.pause();
    await other.stop();

    expect(isAlive(other.pid)).toBe(false);
  });

  test('shows its log where it does not start', async () => {
    await expect(startRedis({ args: ['--no-such-option', '1'] })).rejects.toThrow(/did not start[^]*no-such-option/);
  });

  test('dies with a test process that is killed', async () => {
    const script = `
      import { startRedis } from './tests/helpers/servers/redis.ts';
      process.stdout.write(String((await startRedis()).pid), () => process.kill(process.pid, 'SIGKILL'));`;
    const node = ['--import', 'tsx', '--input-type=module', '--eval', script];

    const killed: unknown = await promisify(execFile)(process.execPath, node).catch((error: unknown) => error);

    expect(killed).toMatchObject({ signal: 'SIGKILL' });
    const pid = Number((killed as { stdout: string }).stdout);
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});

describeWithServer('mariadb', 'MariaDB', () => {
  const database = useMariadb();

  test.each(['url', 'socketUrl'] as const)('gives the suite an empty database at its %s', async (address) => {
    const { searchParams } = new URL(database()[address]);
    const socketPath = searchParams.get('socket');
    const login = database()[address].replace(/\?.*/, '');
    const connection = await mysql.createConnection({ uri: login, ...(socketPath === null ? {} : { socketPath }) });

    const [rows] = await connection.query('SELECT DATABASE() name, @@character_set_database charset');

    expect(rows).toEqual([{ name: database().name, charset: 'utf8mb4' }]);
    await connection.end();
  });

  test('is gone after its stop, with its folder', async () => {
    const other = await startMariadb();

    await other.stop();

    expect(isAlive(other.pid)).toBe(false);
    expect(existsSync(other.socket)).toBe(false);
  });
});

describeWithServer('postgres', 'PostgreSQL', () => {
  const database = usePostgres();

  test.each(['url', 'socketUrl'] as const)('gives the suite an empty database at its %s', async (address) => {
    const client = new Client({ connectionString: database()[address] });
    await client.connect();

    const { rows } = await client.query('SELECT current_database() AS name, current_user AS "user"');

    expect(rows).toEqual([{ name: database().name, user: 'izone' }]);
    await client.end();
  });

  test('is gone after its stop, with its folder', async () => {
    const other = await startPostgres();

    await other.stop();

    expect(isAlive(other.pid)).toBe(false);
    expect(existsSync(other.socket)).toBe(false);
  });
});

describe('a server whose port somebody else took', () => {
  test('is started again on another one', async () => {
    const ports: number[] = [];
    const taken = 'echo "bind: Address already in use"; exit 1';
    const free = 'echo "ready to accept connections"; exec sleep 60';

    const server = await startServerProcess({
      name: 'a server',
      folder: await temporaryFolder('test'),
      owner: null,
      stopSignal: 'SIGTERM',
      command: (port) => ['/bin/sh', '-c', ports.push(port) === 1 ? taken : free],
    });

    expect(ports).toHaveLength(2);
    expect(server.port).toBe(ports[1]);
    await server.stop();
  });
});

/** Whether the process still runs; a dead one that nobody has collected yet does not. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
