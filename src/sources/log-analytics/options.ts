import type { LogAnalyticsPlace } from '../../oci/log-analytics.js';

export interface LogAnalyticsOptions extends LogAnalyticsPlace {
  readonly compartmentId: string;
  readonly includeSubcompartments: boolean;
  readonly logSource: string;
  /** How much later than an event its record may come. Milliseconds. */
  readonly ingestionDelayMs: number;
  /** Above this number of records in the window, they are exported instead of queried. */
  readonly exportAbove: number;
  /** `server`: begins and ends of good database backups are paired by Log Analytics, and only the pairs travel. */
  readonly aggregate?: 'none' | 'server';
  /** Slices read at the same time. */
  readonly parallel: number;
  /** First wait for a query job. Milliseconds. */
  readonly pollMs?: number;
}
