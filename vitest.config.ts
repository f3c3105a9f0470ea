import { defineConfig } from 'vitest/config';
import { ClosingLineReporter } from './tests/helpers/closing-line-reporter.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/helpers/servers/global.ts'],
    reporters: ['default', new ClosingLineReporter()],
    // Much of the suite waits for servers and time-outs: two files at a time even on a small machine.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    // An odd zone, so that a slip into the machine's local time shows.
    env: { TZ: 'Asia/Kathmandu', NO_COLOR: '1' },
  },
});
