import type { Severity } from '../../../model/severity.js';
import type { Cadence } from '../../../model/cadence.js';
import type { Match } from './match.js';

/** What is demanded of a resource. Durations in milliseconds; null: no demand. */
export interface Policy {
  readonly name: string;
  readonly isDefault: boolean;
  /** null: as the backup policy that OCI has assigned says; daily where it says nothing. */
  readonly cadence: Cadence | null;
  /** null: the longest time between two due days, and two hours. */
  readonly maxAgeMs: number | null;
  readonly maxDurationMs: number;
  readonly minRetentionMs: number | null;
  /** How old the last successful restore may be. */
  readonly maxRestoreAgeMs: number | null;
  readonly severity: Severity;
  /** Who acts on it, where the inventory names nobody. */
  readonly owner: string | null;
}

/** A policy and what it is for; of several that match a resource the first is its policy. */
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
  /** The last report day that it holds for: `2026-12-31`. */
  readonly expires: string;
}

/** Who gets a report of their own resources only. Of several rules that match a resource the first has it. */
export interface RecipientRule {
  /** Of the slice: `database team`. */
  readonly name: string;
  readonly match: Match;
  /** owner: each owner that is a mail address gets a slice of their own. */
  readonly to: readonly string[] | 'owner';
}
