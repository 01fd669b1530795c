import fc from 'fast-check';
import { afterAll } from 'vitest';
import { restartIds } from './raw-event.js';

/** Random cases are the same in every run, unless another seed is asked for: what was red once is red again. */
fc.configureGlobal({ seed: seedOf(process.env['TEST_SEED'] ?? '1') });

restartIds();

/** Suites share a process: what one sets in its environment, the next must not see. */
const before = { ...process.env };

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

/** TEST_SEED may be a number or the beginning of a commit. */
function seedOf(text: string): number {
  return Number.parseInt(text, 16) % 0x7fff_ffff || 1;
}
