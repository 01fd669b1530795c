import type { LogAnalyticsPlace } from '../../oci/log-analytics.js';
import type { LogAnalyticsProfile } from '../../oci/service-profile.js';
import type { BudgetLimits } from '../budget.js';
import type { WantedRecords } from './query-text.js';

export interface LogAnalyticsOptions extends LogAnalyticsPlace {
  readonly compartmentId: string;
  readonly includeSubcompartments: boolean;
  readonly logSource: string;
  /** Whose columns are asked for; those of backup events if not set. */
  readonly wanted?: WantedRecords | undefined;
  /** Longest delay between an event and its record. Milliseconds. */
  readonly ingestionDelayMs: number;
  /** With more records than this in the window, they are exported instead of queried. */
  readonly exportAbove: number;
  /** `server`: Log Analytics pairs begins and ends of successful database backups, and returns only the pairs. */
  readonly aggregate?: 'none' | 'server';
  /** How many slices are read at the same time. */
  readonly parallel: number;
  /** First wait for a query job, and before asking again for a doubtful answer. Milliseconds. */
  readonly pollMs?: number;
  /** The default budget if not set. */
  readonly budget?: BudgetLimits | undefined;
  /** What is known of this tenancy's service. It saves calls; what is read is the same without it. */
  readonly profile?: LogAnalyticsProfile | undefined;
}
