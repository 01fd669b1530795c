import type { DateTime } from 'luxon';

/** An event as it was told: its id and its time in epoch milliseconds. */
export interface Told {
  readonly id: string;
  readonly ms: number;
}

export type AttemptResult = 'SUCCEEDED' | 'SUCCEEDED_WITH_WARNINGS' | 'FAILED' | 'CANCELED' | 'UNKNOWN';

/** What really happened, as far as it was told. A begin or an end that nobody told is null. */
export interface AttemptFact {
  readonly resourceId: string;
  readonly kind: 'backup' | 'copy' | 'restore';
  readonly begin: Told | null;
  readonly end: Told | null;
  /** When it began, as its end says; null: the end does not say. */
  readonly createdMs: number | null;
  readonly result: AttemptResult;
  readonly message: string | null;
  /** Settings of the resource, as the events of the attempt say. */
  readonly recoveryWindowDays: number | null;
  readonly autoBackupEnabled: boolean | null;
}

/** A notice of a critical condition, or of its end. */
export interface NoticeFact {
  readonly resourceId: string;
  readonly told: Told;
  readonly condition: string;
  readonly bearsOnBackups: boolean;
  readonly isCleared: boolean;
}

export interface TerminationFact {
  readonly resourceId: string;
  readonly told: Told;
}

export interface Facts {
  readonly attempts: readonly AttemptFact[];
  readonly notices: readonly NoticeFact[];
  readonly terminations: readonly TerminationFact[];
}

/** What is demanded of a resource, written out: nothing is derived. */
export interface ReferencePolicy {
  readonly name: string;
  readonly isDueOn: (date: DateTime) => boolean;
  readonly maxAgeHours: number;
  readonly maxDurationHours: number;
  readonly minRetentionDays: number | null;
  readonly maxRestoreAgeDays: number | null;
}

export interface ReferenceResource {
  readonly resourceId: string;
  readonly isDatabase: boolean;
  readonly policy: ReferencePolicy;
}

/** A day, and what may be known on it: [knownSinceMs, cutOffMs). */
export interface ReferenceSpan {
  readonly date: string;
  readonly timezone: string;
  readonly startMs: number;
  readonly cutOffMs: number;
  readonly knownSinceMs: number;
  /** A begin without an end that is older is followed no more. */
  readonly followedSinceMs: number;
}

export function isOfDay(attempt: AttemptFact, span: ReferenceSpan): boolean {
  return attempt.end === null ? isRunning(attempt, span) : attempt.end.ms >= span.startMs;
}

export function isRunning({ begin, end }: AttemptFact, { followedSinceMs }: ReferenceSpan): boolean {
  return end === null && begin !== null && begin.ms >= followedSinceMs;
}

export function isSuccess({ end, result }: AttemptFact): boolean {
  return end !== null && (result === 'SUCCEEDED' || result === 'SUCCEEDED_WITH_WARNINGS');
}

export function toldLast({ begin, end }: AttemptFact): number {
  return end?.ms ?? begin?.ms ?? 0;
}

export function lastEndOf(attempts: readonly AttemptFact[]): number | null {
  return lastOf(attempts.flatMap(({ end }) => end?.ms ?? []));
}

export function latest(attempts: readonly AttemptFact[]): AttemptFact | null {
  return [...attempts].sort((a, b) => toldLast(b) - toldLast(a))[0] ?? null;
}

export function lastOf(instants: readonly number[]): number | null {
  return instants.length === 0 ? null : Math.max(...instants);
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
