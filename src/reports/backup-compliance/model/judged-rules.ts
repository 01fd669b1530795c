import type { Match } from './match.js';
import type { WaiverReport } from './daily-report.js';
import type { Policy, WaiverRule } from './policy.js';

/** A policy as it was applied. */
export interface AppliedPolicy {
  readonly policy: Policy;
  /** null: the default policy, for everything else. */
  readonly match: Match | null;
  /** Its own limit, else what follows from its cadence. */
  readonly maxAgeMs: number;
  /** Resources that it is the policy of. */
  readonly resources: number;
}

/** A waiver of the configuration and what it does on the report day. */
export interface UsedWaiver extends Pick<WaiverReport, 'daysLeft' | 'state' | 'resources'> {
  readonly waiver: WaiverRule;
}
