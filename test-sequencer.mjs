import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BaseSequencer } from 'vitest/node';

/** Seconds by suite, as measured on two cores; one that is not listed takes one. */
const seconds = JSON.parse(readFileSync(new URL('test/suite-seconds.json', import.meta.url), 'utf8'));
const folder = fileURLToPath(new URL('dist/test', import.meta.url));

/** The longest suites first, so that no core waits for one that began last; whatever this machine ran before. */
export class LongestFirst extends BaseSequencer {
  async sort(suites) {
    return [...suites].sort((a, b) => weightOf(b) - weightOf(a) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

export function weightOf({ moduleId }) {
  return seconds[relative(folder, moduleId).replace(/\.test\.js$/, '')] ?? 1;
}
