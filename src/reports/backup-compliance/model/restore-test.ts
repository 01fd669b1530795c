import type { AttestedTest } from './control-reason.js';

/** A restore test as somebody attested it. */
export interface RestoreTest extends AttestedTest {
  /** Epoch milliseconds. */
  readonly testedMs: number;
}

/** The newest restore tests of one resource; null: none with that result. */
export interface RestoreTests {
  readonly passed: RestoreTest | null;
  readonly failed: RestoreTest | null;
}

export const noRestoreTests: RestoreTests = { passed: null, failed: null };

/** The failed test that stands: no test that passed is later. null: none. */
export function standingFailure({ passed, failed }: RestoreTests): RestoreTest | null {
  if (failed === null || (passed !== null && passed.testedMs > failed.testedMs)) return null;
  return failed;
}
