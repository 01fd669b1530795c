import type { Cadence } from '../../../model/cadence.js';
import type { Severity } from '../../../model/severity.js';
import type { Match } from './match.js';

/** What is demanded of a resource. Durations in milliseconds; null: no demand. */
export interface Policy {
  readonly name: string;
  readonly isDefault: boolean;
  /** null: as the backup policy assigned in OCI says; daily if that says nothing. */
  readonly cadence: Cadence | null;
  /** null: the longest time between two due days, plus two hours. */
  readonly maxAgeMs: number | null;
  readonly maxDurationMs: number;
  readonly minRetentionMs: number | null;
  /** Maximum age of the last successful restore. */
  readonly maxRestoreAgeMs: number | null;
  readonly severity: Severity;
  /** Who acts on it if the inventory names nobody. */
  readonly owner: string | null;
}

/** A policy and what it applies to; of several that match a resource the first applies. */
export interface PolicyRule extends Policy {
  readonly match: Match;
}

/** Resources that are not judged, but listed and counted. */
export interface ExcludeRule {
  readonly match: Match;
  readonly reason: string;
}

/** An accepted exception. */
export interface WaiverRule {
  readonly match: Match;
  readonly reason: string;
  readonly ticket: string | null;
  readonly approvedBy: string;
  /** The last report day on which it holds: `2026-12-31`. */
  readonly expires: string;
}

/** Who gets a report of their own resources only. Of several rules that match a resource the first applies. */
export interface RecipientRule {
  /** Name of the slice: `database team`. */
  readonly name: string;
  readonly match: Match;
  /** owner: each owner that is a mail address gets a slice. */
  readonly to: readonly string[] | 'owner';
}
