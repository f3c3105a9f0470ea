import { afterEach, describe, expect, test, vi } from 'vitest';
import { nestedRun } from '../nested-run.ts';
import { describeWithServer, serverMissing } from './availability.ts';

const NO_PROGRAMS = { PATH: '/nowhere' };

describe('a server that is not installed', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('is told with the package that brings it', () => {
    vi.stubEnv('PATH', NO_PROGRAMS.PATH);

    expect(serverMissing('redis')).toBe('redis-server is not installed (apt install redis-server)');
  });

  test('makes its suite skip, and the run says why', async () => {
    const run = await nestedRun('needs-redis', NO_PROGRAMS);

    expect(run).toMatchObject({ code: 0, lastLine: '0 passed, 0 failed, 1 skipped' });
    expect(run.output).toContain('\nskipped: redis-server is not installed (apt install redis-server)\n');
  });

  test('makes its suite fail where servers are required', async () => {
    const run = await nestedRun('needs-redis', { ...NO_PROGRAMS, BLOGCTL_TEST_SERVERS: 'required' });

    expect(run).toMatchObject({ code: 1, lastLine: '0 passed, 1 failed' });
    expect(run.output).toContain('redis-server is not installed (apt install redis-server)');
  });
});

describeWithServer('redis', 'a server that is installed', () => {
  test('makes its suite run', async () => {
    const run = await nestedRun('needs-redis', { BLOGCTL_TEST_SERVERS: 'required' });

    expect(run).toMatchObject({ code: 0, lastLine: '1 passed, 0 failed' });
  });
});
