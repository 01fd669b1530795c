import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test-sequencer.mjs';

/**
 * The tests run on the compiled output, worker threads included. What ships is joined of these very modules: tests that start a
 * process start that.
 *
 * A process runs one suite after the other in one realm (`isolate: false`), so that packages are loaded and compiled
 * once for all of them. That works because nothing in src has module-level state; `test/support/setup.ts` restores
 * the environment after each suite.
 */
export const quick = {
  root: 'dist/test',
  include: ['**/*.test.js'],
  exclude: ['slow/**'],
  setupFiles: ['support/setup.js'],
  pool: 'forks',
  isolate: false,
  maxWorkers: '100%',
  // Suites allocate much that is short-lived beside what a process has loaded: a larger young generation spares a quarter of their time.
  execArgv: ['--max-semi-space-size=64'],
  // Compiled code is loaded by Node itself, as it will be when it has shipped; what the suites share is loaded once for all
  // of them, but for what is set up for each.
  server: { deps: { external: [/\/dist\/src\//, /\/dist\/test\/support\/(?!setup\.js)/] } },
  sequence: { sequencer: LongestFirst },
  // A machine with other work is slow, and that is no failure.
  testTimeout: 600_000,
  hookTimeout: 600_000,
  teardownTimeout: 60_000,
};

// Slow tests are of real disks, and of files of gigabytes.
const globalSetup = [fileURLToPath(new URL('test-folder.mjs', import.meta.url))];

export default defineConfig({ test: { ...quick, globalSetup } });
