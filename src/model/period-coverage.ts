import type { ArchiveDamage } from './archive-damage.js';
import type { Period } from './period.js';

/** What an archive has of the report of a month, a quarter or other days in a row. */
export interface PeriodCoverage {
  readonly period: Period;
  /** Revisions without a manifest: what is in their folders was never finished. */
  readonly unfinished: readonly number[];
  /** The newest whose manifest can be read; null: there is none. */
  readonly revision: number | null;
  readonly status: 'COMPLETE' | 'INCOMPLETE' | null;
  /** ISO 8601 */
  readonly generatedAt: string | null;
  /** Whether its page has an appendix of frameworks. */
  readonly hasFrameworks: boolean;
  /** Manifests that cannot be used, and a report.json that is not the one that its manifest names. */
  readonly damage: readonly ArchiveDamage[];
}
