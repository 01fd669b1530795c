import type { LogAnalyticsPlace } from '../../oci/log-analytics.js';

export interface LogAnalyticsOptions extends LogAnalyticsPlace {
  readonly compartmentId: string;
  readonly includeSubcompartments: boolean;
  readonly logSource: string;
  /** How much later than an event its record may come. Milliseconds. */
  readonly ingestionDelayMs: number;
  /** Above so many records in the window they come by exports instead of queries. */
  readonly exportAbove: number;
  /** `server`: begins and ends of good database backups are paired by Log Analytics, and only the pairs travel. */
  readonly aggregate?: 'none' | 'server';
  /** Slices asked for at once. */
  readonly parallel: number;
  /** First wait for a query job. Milliseconds. */
  readonly pollMs?: number;
}
