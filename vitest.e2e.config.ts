import { defineConfig } from 'vitest/config';

/** The walk in a real browser: needs a build and Chromium, see the README. */
// biome-ignore lint/style/noDefaultExport: vitest asks for one
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    retry: process.env.CI ? 1 : 0,
    hookTimeout: 180_000,
  },
});
