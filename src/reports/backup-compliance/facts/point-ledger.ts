import type { ReportDay } from '../../../model/report-day.js';
import type { BackupEvent, ResourceRef } from '../model/backup-event.js';
import type { JudgedFinding } from '../model/judged-finding.js';
import { isNamedOnly, regionOf } from '../model/named-resource.js';
import {
  type PointsByResource,
  type RecoveryPoint,
  type ResourcePoints,
  noPoints,
  ofNobody,
} from '../model/recovery-point.js';
import { isUnknown } from '../model/unknown-resource.js';
import { backupIdOf } from './backup-id.js';
import { operationsOf } from './collect-changes.js';
import { type CorrelatedJob, resourceOfJob } from './correlate-jobs.js';
import { type DayDeletion, isCarriedOut } from './day-deletion.js';
import { PointList, isSameSecond } from './merge-points.js';
import { pointOfJob } from './point-of-job.js';
import { withResource } from './with-resource.js';

/** A deletion of the day and the resource that it is of, where that is known. */
interface OwnedDeletion extends DayDeletion {
  readonly resource: ResourceRef;
}

/** The backups of every resource at the cut-off. What nothing happened to is shared with the memory. */
export class PointLedger {
  readonly #points: Map<string, ResourcePoints>;
  /** Lists that this day has changed. */
  readonly #changed = new Map<string, PointList>();
  readonly #deletions: OwnedDeletion[] = [];
  readonly #unownedIds: ReadonlySet<string | null>;

  /**
   * @param known of the day before
   * @param jobs that ended since then; those that count for nobody left out
   */
  constructor(known: PointsByResource = noPoints, jobs: readonly CorrelatedJob[] = []) {
    this.#points = new Map(known);
    this.#unownedIds = new Set(this.of(ofNobody).map(({ id }) => id));
    for (const job of jobs) {
      const resource = resourceOfJob(job);
      const point = isUnknown(resource) ? null : pointOfJob(job);
      if (point !== null) this.#add(resource, point);
    }
  }

  /**
   * Deletions with the resource that their backup was made of, where its id is known: many name nothing but the backup.
   */
  withOwners(events: readonly BackupEvent[]): readonly BackupEvent[] {
    const wanted = new Set<string>();
    for (const event of events) {
      const id = isDeletion(event) ? backupIdOf(event) : null;
      if (id === null || this.of(event.resource.resourceId).some((point) => point.id === id)) continue;
      wanted.add(id);
    }
    if (wanted.size === 0) return events;
    const owners = this.#ownersOf(wanted);
    return events.map((event) => {
      const owner = isDeletion(event) ? owners.get(backupIdOf(event) ?? '') : undefined;
      return owner === undefined ? event : ownedBy(event, owner);
    });
  }

  /** Notes what was deleted. To be called once, with the events of the whole span, that withOwners() gave. */
  delete(events: readonly BackupEvent[], day: ReportDay): void {
    const carriedOut = operationsOf(events.filter(isDeletion)).flatMap(({ begin, end }) =>
      end !== null && isCarriedOut(end) ? [{ begin, end }] : [],
    );
    for (const { begin, end } of carriedOut.sort((a, b) => a.end.timeMs - b.end.timeMs)) {
      if (isOfAll(end)) {
        const all = this.#deleteAll(end);
        if (end.timeMs >= day.startMs) this.#deletions.push(...all);
        continue;
      }
      const deletion = this.#delete(end, begin);
      if (deletion !== null && end.timeMs >= day.startMs) this.#deletions.push(deletion);
    }
  }

  /** Deletions of the day by resource. */
  get deletions(): ReadonlyMap<string, readonly DayDeletion[]> {
    const byResource = new Map<string, DayDeletion[]>();
    for (const deletion of this.#deletions) {
      const { resourceId } = deletion.resource;
      if (isOwnerUntold(deletion)) continue;
      byResource.set(resourceId, [...(byResource.get(resourceId) ?? []), deletion]);
    }
    return byResource;
  }

  /** Those of the day that name no resource, and whose backup nobody knows. */
  get unowned(): readonly OwnedDeletion[] {
    return this.#deletions.filter(isOwnerUntold);
  }

  /** Deletions that may be of a resource: some of its backups have no id. */
  perhapsOf(resource: ResourceRef): readonly DayDeletion[] {
    if (this.unowned.length === 0) return [];
    const nameless = this.of(resource.resourceId).filter(
      ({ id, result, deletedMs }) => id === null && result === 'succeeded' && deletedMs === null,
    );
    return this.unowned.filter(
      (each) =>
        each.resource.resourceType === resource.resourceType &&
        agreeOnRegion(each.backupId, resource.resourceId) &&
        nameless.some((point) => mayBeOf(each, point)),
    );
  }

  /** Oldest first. */
  sortedOf(resourceId: string): readonly RecoveryPoint[] {
    return this.#changed.get(resourceId)?.sorted() ?? this.of(resourceId);
  }

  of(resourceId: string): readonly RecoveryPoint[] {
    return this.#changed.get(resourceId)?.points ?? this.#points.get(resourceId)?.points ?? [];
  }

  /** All of them at the cut-off. */
  result(): PointsByResource {
    for (const [resourceId, list] of this.#changed) {
      const known = this.#points.get(resourceId);
      if (known !== undefined) this.#points.set(resourceId, { ...known, points: list.sorted() });
    }
    return this.#points;
  }

  #add({ resourceId, resourceType, resourceName }: ResourceRef, point: RecoveryPoint): void {
    const tombstone = point.id === null ? undefined : this.#takeUnowned(point.id);
    const list = this.#changing(resourceId);
    const { groups } = this.#points.get(resourceId) ?? {};
    const named = { resourceId, resourceType, resourceName, points: [] };
    this.#points.set(resourceId, groups === undefined ? named : { ...named, groups });
    list.add(point);
    if (tombstone !== undefined) list.add(tombstone);
  }

  #changing(resourceId: string): PointList {
    let list = this.#changed.get(resourceId);
    if (list === undefined) {
      list = new PointList(this.#points.get(resourceId)?.points ?? []);
      this.#changed.set(resourceId, list);
    }
    return list;
  }

  /** A backup that was told only by its deletion until now. */
  #takeUnowned(id: string): RecoveryPoint | undefined {
    return this.#unownedIds.has(id) ? this.#changing(ofNobody).take(id) : undefined;
  }

  #ownersOf(ids: ReadonlySet<string>): ReadonlyMap<string, ResourcePoints> {
    const owners = new Map<string, ResourcePoints>();
    for (const [resourceId, known] of this.#points) {
      if (resourceId === ofNobody) continue;
      for (const { id } of this.of(resourceId)) if (id !== null && ids.has(id)) owners.set(id, known);
    }
    return owners;
  }

  /** Every backup of the resource that was there: Azure deletes the data of an item as a whole. */
  #deleteAll({ resource, timeMs: deletedMs }: BackupEvent): readonly OwnedDeletion[] {
    const { resourceId } = resource;
    const there = this.of(resourceId).filter((point) => isThereAt(point, deletedMs));
    if (there.length === 0) return [{ deletedMs, backupId: null, createdMs: null, point: null, resource }];
    const list = this.#changing(resourceId);
    return there.map((point) => {
      list.replace(point, { ...point, deletedMs });
      return { deletedMs, backupId: point.id, createdMs: point.createdMs, point, resource };
    });
  }

  /** null: it was told before. */
  #delete(end: BackupEvent, begin: BackupEvent | null): OwnedDeletion | null {
    const backupId = backupIdOf(end) ?? (begin && backupIdOf(begin));
    const createdMs = end.createdMs ?? begin?.createdMs ?? null;
    const resource = begin !== null && isUnknown(end.resource) ? begin.resource : end.resource;
    const deletion = { deletedMs: end.timeMs, backupId, createdMs, resource };
    if (backupId === null) return { ...deletion, point: null };
    const key = isOwnerUntold(deletion) ? ofNobody : resource.resourceId;
    const known = this.of(key).find((each) => isDeleted(each, backupId, createdMs)) ?? null;
    if (known !== null && known.deletedMs !== null && known.deletedMs <= end.timeMs) return null;
    const deleted = { id: backupId, createdMs, deletedMs: end.timeMs };
    if (!this.#points.has(key)) this.#points.set(key, { ...nameOf(key, resource), points: [] });
    const list = this.#changing(key);
    if (known === null) list.add({ ...untold, ...deleted });
    else list.replace(known, { ...known, id: backupId, deletedMs: end.timeMs });
    return { ...deletion, point: known };
  }
}

const untold: Omit<RecoveryPoint, 'id' | 'createdMs' | 'deletedMs'> = {
  kind: null,
  isLog: false,
  result: 'untold',
  endMs: null,
  expiresMs: null,
  sources: [],
};

/** Whether this is the backup: by its id, else by its creation time, which both tell. */
function isDeleted(point: RecoveryPoint, backupId: string, createdMs: number | null): boolean {
  if (point.id !== null) return point.id === backupId;
  return createdMs !== null && point.createdMs !== null && isSameSecond(point.createdMs, createdMs);
}

function nameOf(key: string, { resourceType, resourceName }: ResourceRef) {
  return key === ofNobody
    ? { resourceId: ofNobody, resourceType: '', resourceName: '' }
    : { resourceId: key, resourceType, resourceName };
}

function isOfAll({ type, resource }: BackupEvent): boolean {
  return type.family === 'azure-backup' && !isUnknown(resource);
}

function isThereAt({ endMs, deletedMs }: RecoveryPoint, atMs: number): boolean {
  return endMs !== null && endMs <= atMs && (deletedMs === null || deletedMs > atMs);
}

function isDeletion({ type }: BackupEvent): boolean {
  return type.action === 'deletion';
}

/** It names nobody, or only a name that two or more have, or nobody. */
function isOwnerUntold({ resource }: { readonly resource: ResourceRef }): boolean {
  return isUnknown(resource) || isNamedOnly(resource);
}

function ownedBy(
  event: BackupEvent,
  { resourceId, resourceType, resourceName }: ResourcePoints,
): BackupEvent {
  return withResource(event, { ...event.resource, resourceId, resourceType, resourceName });
}

function agreeOnRegion(a: string | null, b: string): boolean {
  const [regionOfA, regionOfB] = [regionOf(a), regionOf(b)];
  return regionOfA === null || regionOfB === null || regionOfA === regionOfB;
}

/** A backup without an id may be the deleted one if it was there by then and what is known of its creation agrees. */
function mayBeOf({ deletedMs, createdMs }: DayDeletion, point: RecoveryPoint): boolean {
  if (point.endMs === null || point.endMs > deletedMs) return false;
  if (createdMs === null) return true;
  return point.createdMs === null ? createdMs <= point.endMs : isSameSecond(createdMs, point.createdMs);
}

/** One finding for all backups that were deleted and that nobody knows: whose they were is not known either. */
export function unknownDeletions(unowned: readonly DayDeletion[]): readonly JudgedFinding[] {
  if (unowned.length === 0) return [];
  const backupIds = unowned.flatMap(({ backupId }) => backupId ?? []).sort();
  return [{ kind: 'deletion-unmatched', deletions: unowned.length, backupIds }];
}
