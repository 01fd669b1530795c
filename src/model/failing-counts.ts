import type { Severity } from './severity.js';

/** What counts as failing, for an exit code. */
export interface FailingCounts {
  /** non-compliant: nothing else. unknown: what cannot be said, too, so that compliant is the only pass. */
  readonly verdict: 'non-compliant' | 'unknown';
  readonly severities: ReadonlySet<Severity>;
}
