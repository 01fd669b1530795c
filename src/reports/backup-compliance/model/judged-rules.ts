import type { WaiverReport } from './daily-report.js';
import type { Match } from './match.js';
import type { Policy, WaiverRule } from './policy.js';

/** A policy as it was applied. */
export interface AppliedPolicy {
  readonly policy: Policy;
  /** null: the default policy, for all other resources. */
  readonly match: Match | null;
  /** Its own limit, else derived from its cadence. */
  readonly maxAgeMs: number;
  /** Number of resources that it applies to. */
  readonly resources: number;
}

/** A waiver of the configuration and its effect on the report day. */
export interface UsedWaiver extends Pick<WaiverReport, 'daysLeft' | 'state' | 'resources'> {
  readonly waiver: WaiverRule;
}
