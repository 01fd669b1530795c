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
  /** OCID of what it made; null: its events have none of its own. */
  readonly backupId: string | null;
  /** When what it made expires, as its end says; null: it does not say. */
  readonly expiresMs: number | null;
  /** DB system that the resource is in, as its events say; null: they do not say. */
  readonly parentId: string | null;
}

/** A notice of a critical condition, or of its end. */
export interface NoticeFact {
  readonly resourceId: string;
  readonly told: Told;
  readonly condition: string;
  readonly bearsOnBackups: boolean;
  readonly isCleared: boolean;
}

/** What was to be done to something, and whether it was: an end that says FAILED, ACTIVE or AVAILABLE did nothing. */
interface DoneFact {
  readonly told: Told;
  readonly isDone: boolean;
}

/** Of a resource, or of the DB system that it is in. */
export interface TerminationFact extends DoneFact {
  readonly resourceId: string;
}

/** That a resource was created, as an event tells. */
export interface CreationFact {
  readonly resourceId: string;
  readonly told: Told;
}

/** Of a backup of the resource; null: the event names the resource alone. */
export interface DeletionFact extends DoneFact {
  readonly resourceId: string;
  readonly backupId: string | null;
}

/** Of an update of the resource; null: it tells nothing of that. */
export interface SettingFact extends DoneFact {
  readonly resourceId: string;
  readonly recoveryWindowDays: number | null;
  /** Automatic backup is on, or a policy is assigned. */
  readonly autoBackupEnabled: boolean | null;
}

export interface Facts {
  readonly attempts: readonly AttemptFact[];
  readonly notices: readonly NoticeFact[];
  readonly creations: readonly CreationFact[];
  readonly terminations: readonly TerminationFact[];
  readonly deletions: readonly DeletionFact[];
  readonly settings: readonly SettingFact[];
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
  /** Listed or not by an inventory that names resources; without one it is there once it was observed. */
  readonly presence: 'listed' | 'unlisted' | 'observed';
  /** First date on which the inventory does not list it any more; null: it always does. */
  readonly unlistedFrom: string | null;
  /** When it was created, as the inventory says. */
  readonly createdMs: number | null;
  /** The volume group that it is in, as the inventory says. */
  readonly groupId: string | null;
}

/** A day, and what may be known on it: [knownSinceMs, cutOffMs), and of ends until settledMs that they were. */
export interface ReferenceSpan {
  readonly date: string;
  readonly timezone: string;
  readonly startMs: number;
  readonly cutOffMs: number;
  readonly settledMs: number;
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

/** The begin, else the creation that its end tells, else the end. */
export function begunMs({ begin, end, createdMs }: AttemptFact): number {
  return begin?.ms ?? (end === null ? 0 : (createdMs ?? end.ms));
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
