import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import { weightOf } from '../../test-sequencer.mjs';
import { quick } from '../../vitest.config.mjs';

const { nearest } = JSON.parse(readFileSync(process.env.MUTATE_PLAN, 'utf8'));

/** The room's own tests first, quick ones before others: most mutants end there. */
class NearestFirst extends BaseSequencer {
  async sort(suites) {
    return [...suites].sort(
      (a, b) => farness(a) - farness(b) || weightOf(a) - weightOf(b) || (a.moduleId < b.moduleId ? -1 : 1),
    );
  }
}

/** Its place in the list. */
function farness({ moduleId }) {
  return nearest.findIndex((folder) => moduleId.includes(folder));
}

export default defineConfig({
  test: {
    ...quick,
    runner: fileURLToPath(new URL('mutant-runner.mjs', import.meta.url)),
    sequence: { sequencer: NearestFirst },
    maxWorkers: 1,
    silent: true,
  },
});
