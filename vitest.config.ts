import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: [],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // An odd zone, so that a slip into the machine's local time shows.
    env: { TZ: 'Asia/Kathmandu', NO_COLOR: '1' },
  },
});
