import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    testTimeout: 20_000,
    // By default one core is left idle, and of two that is half of them.
    maxWorkers: '100%',
  },
});
