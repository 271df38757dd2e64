import { defineConfig } from 'vitest/config';

/** What is asked of a running node under force: `npm test` takes a share of it, `npm run torture` and `npm run fuzz` more. */
export default defineConfig({
  test: {
    include: ['e2e/robust/*.spec.ts'],
    environment: 'node',
    // The node under attack and the attackers want both cores.
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 120_000,
  },
});
