import { defineConfig } from 'vitest/config';
import { quick } from './vitest.config.mjs';

// Crash points, full disks, large inputs and outside readers: minutes, not seconds. Of the longest a tenth.
export const slow = {
  ...quick,
  // The quick suites among them have only a slice of their cases in `npm test`.
  include: [
    'slow/**/*.test.js',
    'archives/archives-of-versions.test.js',
    'backfill/overlap.test.js',
    'cli/oci-faults.test.js',
    'day/damaged-archive.test.js',
    'day/rules-totals.test.js',
    'inventory/oci-inventory.test.js',
    'language/catalogue-faults.test.js',
    'language/create-language.test.js',
    'renderers/mail-renderer.test.js',
    'rebuild/rebuild-tampered.test.js',
    'renderers/templates.test.js',
    'reports/backup-compliance/events/event-ledger.test.js',
    'reports/backup-compliance/rules/cadence.test.js',
    'reports/backup-compliance/rules/rule-index.test.js',
    'sources/local-inputs.test.js',
    'verify/verify-archive.test.js',
  ],
  env: { TEST_BREADTH: 'whole' },
  exclude: [],
  // Some of them measure the memory of their process.
  isolate: true,
  testTimeout: 1_800_000,
  hookTimeout: 1_800_000,
};

export default defineConfig({ test: slow });
