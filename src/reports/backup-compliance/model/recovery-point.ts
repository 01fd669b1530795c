import type { ResourceRef } from './backup-event.js';

/**
 * What is known of one backup of a resource (design, section 4: a recovery point is a thing, not a time). It is a recovery
 * point while it stands: it succeeded, was not deleted, and has not expired. Instants in epoch milliseconds.
 */
export interface RecoveryPoint {
  /** The backup's own OCID in lower case; null: the source gives none. */
  readonly id: string | null;
  /** Full, incremental, as reported. */
  readonly kind: string | null;
  /** A backup of logs: without another backup it restores nothing, and there are many of them. */
  readonly isLog: boolean;
  /** unknown: its state is none that says how it ended. untold: known only by its deletion. */
  readonly result: 'succeeded' | 'unsuccessful' | 'unknown' | 'untold';
  /** The backup's timeCreated; null: not told. */
  readonly createdMs: number | null;
  /** null: not told. */
  readonly endMs: number | null;
  /** Only what the backup's own record states: a recovery window is none. */
  readonly expiresMs: number | null;
  /** Size of the backup in bytes; absent: not told. */
  readonly sizeBytes?: number;
  /** When its deletion ended. */
  readonly deletedMs: number | null;
  /** Names of the sources that told it; empty: not recorded. */
  readonly sources: readonly string[];
}

/** The backups of one resource that are known, oldest first. */
export interface ResourcePoints extends Pick<ResourceRef, 'resourceId' | 'resourceType' | 'resourceName'> {
  readonly points: readonly RecoveryPoint[];
  /** Volume groups that it is or was in: their backups are its own, too. Absent: none. */
  readonly groups?: readonly PointGroup[];
}

/** A volume group, and since when and until when a volume is in it. Epoch milliseconds. */
export interface PointGroup {
  readonly groupId: string;
  /** null: as far back as anything is known. */
  readonly sinceMs: number | null;
  /** null: it still is. */
  readonly untilMs: number | null;
}

/** By resource id. Deleted backups that nobody is known to own are under `ofNobody`. */
export type PointsByResource = ReadonlyMap<string, ResourcePoints>;

/** Key of deleted backups that nobody is known to own. */
export const ofNobody = '';

export const noPoints: PointsByResource = new Map();

const logKind = /\blog|log\b|archive.?log|archived|redo/i;

/** Whether a type of backup, as reported, is one of logs: ARCHIVELOG, ARCHIVED_REDO, LOG, "Transaction log". */
export function isLogKind(kind: string | null): boolean {
  return kind !== null && logKind.test(kind);
}

/** A backup of which only the end is known, as of a report that kept no recovery points. */
export function pointWithoutId(endMs: number): RecoveryPoint {
  const unknown = { id: null, kind: null, createdMs: null, expiresMs: null, deletedMs: null };
  return { ...unknown, isLog: false, result: 'succeeded', endMs, sources: [] };
}

/** Whether it is there to restore from, as far as is known. */
export function isStanding({ result, deletedMs, expiresMs }: RecoveryPoint, atMs: number): boolean {
  if (result !== 'succeeded') return false;
  return (deletedMs === null || deletedMs >= atMs) && (expiresMs === null || expiresMs > atMs);
}

/**
 * Those that a resource can be restored from at that time, oldest first. Where all other backups that are known are gone,
 * backups of logs restore nothing.
 */
export function standingPoints(points: readonly RecoveryPoint[], atMs: number): readonly RecoveryPoint[] {
  if (points.every((point) => isStanding(point, atMs))) return points;
  const standing = points.filter((point) => isStanding(point, atMs));
  const isRestorable = standing.some(({ isLog }) => !isLog) || !points.some(isWhole);
  return isRestorable ? standing : [];
}

function isWhole({ isLog, result }: RecoveryPoint): boolean {
  return !isLog && result === 'succeeded';
}

/** When it was made, as far as is known: what points are sorted by. */
export function timeOfPoint({ endMs, deletedMs, createdMs }: RecoveryPoint): number {
  return endMs ?? deletedMs ?? createdMs ?? 0;
}
