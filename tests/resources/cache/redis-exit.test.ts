import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { describeWithServer } from '../../helpers/servers/availability.ts';
import { useRedis } from '../../helpers/servers/use.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

describeWithServer('redis', 'a process that used the cache', () => {
  const server = useRedis();

  test.each([
    ['has closed it', () => server().url],
    ['could not open it', () => 'redis://127.0.0.1:1'],
    ['was refused', () => server().url.replace('//', '//:wrong@')],
  ])('ends by itself when it %s', async (_, url) => {
    const script = `
      import { openRedisCache } from './src/resources/cache/redis.ts';
      try {
        const cache = await openRedisCache({ url: ${JSON.stringify(url())}, readOnly: false });
        await cache.set('key', 1, 100);
        await cache.close();
      } catch (error) {
        console.log(error.kind);
      }
      console.log('done');`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];

    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 30_000 });

    expect(stdout).toMatch(/^(upstream\n)?done\n$/);
  });
});
