import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sequencer from '@jest/test-sequencer';

/** Seconds by suite, as measured on two cores; one that is not listed takes a few. */
const seconds = JSON.parse(readFileSync(new URL('test/suite-seconds.json', import.meta.url), 'utf8'));
const folder = fileURLToPath(new URL('dist/test', import.meta.url));

/** The longest suites first, so that no core waits for one that began last; whatever this machine ran before. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => weightOf(b) - weightOf(a) || (a.path < b.path ? -1 : 1));
  }
}

function weightOf({ path }) {
  return seconds[relative(folder, path).replace(/\.test\.js$/, '')] ?? 1;
}
