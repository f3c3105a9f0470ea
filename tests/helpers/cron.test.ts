import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startCron } from './cron.ts';
import { describeWithServer } from './servers/availability.ts';

describeWithServer('cron', 'the cron helper', () => {
  test('makes a user who may keep a crontab, and leaves nothing of it', async () => {
    const cron = await startCron();
    const entry = '* * * * * true\n';

    const installed = await cron.run(['crontab', '-'], { input: entry });
    const listed = await cron.run(['crontab', '-l']);
    await cron.stop();

    expect(installed).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(listed.stdout).toContain(entry);
    expect(existsSync(cron.home)).toBe(false);
    expect(existsSync(`/var/spool/cron/crontabs/${cron.user}`)).toBe(false);
  });

  test('takes the place of a daemon that ends with the test that started it', async () => {
    const first = await startCron();
    const second = await startCron();

    await first.stop();

    // The number stays in the file of a daemon that has gone.
    await expect.poll(daemonRuns, { timeout: 20_000 }).toBe(true);
    await second.stop();
  });
});

function daemonRuns(): boolean {
  const pid = readFileSync('/run/crond.pid', 'utf8').trim();
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'cron';
  } catch {
    return false;
  }
}
