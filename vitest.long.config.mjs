import { defineConfig } from 'vitest/config';
import { slow } from './vitest.slow.config.mjs';

// The slow tests, and of the longest everything (see test/support/share-of.ts): hours.
export default defineConfig({
  test: {
    ...slow,
    env: { ...slow.env, TEST_EVERYTHING: 'yes' },
    testTimeout: 14_400_000,
    hookTimeout: 14_400_000,
  },
});
