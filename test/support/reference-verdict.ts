import { DateTime } from 'luxon';
import type { ControlName, Outcome, Verdict } from '../../src/reports/backup-compliance/model/verdict.js';
import { type ControlFacts, controlsOf, overControls } from './reference-controls.js';
import {
  type AttemptFact,
  type DeletionFact,
  type ReferenceResource,
  type ReferenceSpan,
  begunMs,
  iso,
  isOfDay,
  isoOrNull,
  isSuccess,
  lastEndOf,
  lastOf,
  latest,
  toldLast,
} from './reference-facts.js';
import type { KnownFacts } from './reference-known.js';
import { type ReferenceLife, isDueOn, lastDueMs, lifeOf } from './reference-life.js';
import { outcomeOf, worstOutcome } from './reference-outcome.js';
import { pointsLeft, worstOf } from './reference-points.js';

export interface ReferenceIncident {
  readonly resourceId: string;
  readonly condition: string;
  readonly state: 'open' | 'cleared';
  readonly openedAt: string | null;
  readonly lastSeenAt: string;
  readonly clearedAt: string | null;
}

/** All values of one resource on one day that do not depend on the days before having been judged. */
export interface ReferenceVerdict {
  readonly outcome: Outcome;
  readonly compliance: Verdict;
  readonly controls: Readonly<Record<ControlName, Verdict>>;
  readonly attempts: number;
  readonly lastSuccessTime: string | null;
  readonly recoveryPointAgeSeconds: number | null;
  /** Known and left at the cut-off; the newest 40 are known in any case, how many of the others is not told here. */
  readonly recoveryPoints: {
    readonly count: number | null;
    readonly newest: string | null;
    readonly oldest: string | null;
  };
  readonly lastFailure: { readonly time: string; readonly message: string | null } | null;
  readonly lastRestoreTime: string | null;
  readonly openIncident: { readonly condition: string; readonly since: string } | null;
  readonly lastKnown: {
    readonly recoveryWindowDays: number | null;
    readonly autoBackupEnabled: boolean | null;
    readonly seen: string | null;
  };
}

/** @param facts of all resources, as far as they are known */
export function verdictOf(
  resource: ReferenceResource,
  life: ReferenceLife,
  facts: KnownFacts,
  incidents: readonly ReferenceIncident[],
  span: ReferenceSpan,
): ReferenceVerdict {
  const { resourceId } = resource;
  const isOwn = (fact: { readonly resourceId: string }): boolean => fact.resourceId === resourceId;
  const attempts = facts.attempts.filter(isOwn);
  const own = [...attempts, ...facts.proofs.filter(isOwn)].filter(({ kind }) => kind === 'backup');
  const ofGroup = groupBackups(resource, life, facts);
  const backups = [...own, ...ofGroup];
  const lastSuccessMs = lastEndOf(backups.filter(isSuccess));
  const outcome = dayOutcome(resource, life, { own, ofGroup, lastSuccessMs }, span);

  const restores = attempts.filter((attempt) => attempt.kind === 'restore' && isSuccess(attempt));
  const bearing = facts.notices.filter(isOwn).filter(({ bearsOnBackups }) => bearsOnBackups);
  const conditions = new Set(bearing.map(({ condition }) => condition));
  const open = incidents
    .filter(isOwn)
    .filter(({ state, condition }) => state === 'open' && conditions.has(condition))
    .sort((a, b) => ((a.openedAt ?? '') < (b.openedAt ?? '') ? -1 : 1))[0];
  const points = pointsLeft(backups, facts.deletions, span);
  const settings = settingsOf(own, facts.settings.filter(isOwn));
  const control: ControlFacts = {
    outcome,
    isLate: isLate(resource, life, lastSuccessMs, span),
    backups,
    ofDay: backups.filter((attempt) => isOfDay(attempt, span)),
    points,
    deletions: facts.deletions.filter((each) => isOwn(each) || isOfOne(each, ofGroup)),
    lastRestoreMs: lastEndOf(restores),
    hasOpenIncident: open !== undefined,
    life,
    ...settings,
  };
  const isOver = life.endedMs !== null && control.ofDay.length === 0;
  const controls = isOver ? overControls(resource, control, span) : controlsOf(resource, control, span);
  const compliance = worstOf(Object.values(controls)) ?? 'NOT_APPLICABLE';
  const isNothing = isOver || controls['recovery-point-age'] === 'NOT_APPLICABLE';
  const lastFailed = latest(backups.filter(({ end, result }) => end !== null && result === 'FAILED'));
  const newestMs = lastOf(points);
  return {
    outcome,
    compliance: isNothing && compliance === 'COMPLIANT' ? 'NOT_APPLICABLE' : compliance,
    controls,
    attempts: control.ofDay.length,
    lastSuccessTime: isoOrNull(lastSuccessMs),
    recoveryPointAgeSeconds: newestMs === null ? null : Math.round((span.cutOffMs - newestMs) / 1000),
    recoveryPoints: {
      count: points.length > 40 ? null : points.length,
      newest: isoOrNull(newestMs),
      oldest: points.length > 40 ? null : isoOrNull(points[0] ?? null),
    },
    lastFailure: lastFailed && { time: iso(toldLast(lastFailed)), message: lastFailed.message },
    lastRestoreTime: isoOrNull(control.lastRestoreMs),
    openIncident: open === undefined ? null : { condition: open.condition, since: open.openedAt ?? '' },
    lastKnown: {
      ...settings,
      seen: isoOrNull(lastOf([...attempts.map(toldLast), ...bearing.map(({ told }) => told.ms)])),
    },
  };
}

function isOfOne({ backupId }: DeletionFact, attempts: readonly AttemptFact[]): boolean {
  return attempts.some((attempt) => attempt.backupId !== null && attempt.backupId === backupId);
}

/**
 * The backups of the group that a resource is backed up through. What began before the resource was created counts for
 * nothing, nor does an attempt of a group that has ended.
 */
function groupBackups(
  { groupId }: ReferenceResource,
  { createdMs }: ReferenceLife,
  facts: KnownFacts,
): readonly AttemptFact[] {
  const isGroups = ({ resourceId, kind }: AttemptFact): boolean =>
    resourceId === groupId && kind === 'backup';
  // As a group it is backed up once an attempt of it is known, which a proof alone is not.
  if (groupId === null || !facts.attempts.some(isGroups)) return [];
  const isOver = lifeOf({ resourceId: groupId, createdMs: null }, facts).endedMs !== null;
  return [...facts.attempts, ...facts.proofs]
    .filter(isGroups)
    .filter(({ end }) => end !== null || !isOver)
    .filter((attempt) => createdMs === null || begunMs(attempt) >= createdMs);
}

/** Worst of the group's and its own, of those that were attempted; where neither was, nothing was seen. */
function dayOutcome(
  resource: ReferenceResource,
  life: ReferenceLife,
  { own, ofGroup, lastSuccessMs }: OwnAndGroup,
  span: ReferenceSpan,
): Outcome {
  const demand = {
    isDueToday: life.endedMs === null && isDueOn(dayOf(span), resource, life, span),
    isLate: isLate(resource, life, lastSuccessMs, span),
    maxDurationHours: resource.policy.maxDurationHours,
  };
  const attempted = [own, ofGroup]
    .map((attempts) => attempts.filter((attempt) => isOfDay(attempt, span)))
    .filter(({ length }) => length > 0);
  if (attempted.length === 0) return outcomeOf([], demand, span);
  return worstOutcome(attempted.map((attempts) => outcomeOf(attempts, demand, span)));
}

interface OwnAndGroup {
  readonly own: readonly AttemptFact[];
  readonly ofGroup: readonly AttemptFact[];
  readonly lastSuccessMs: number | null;
}

/** Nothing is due today, and what was due last has not been made. */
function isLate(
  resource: ReferenceResource,
  life: ReferenceLife,
  lastSuccessMs: number | null,
  span: ReferenceSpan,
): boolean {
  if (life.endedMs !== null || isDueOn(dayOf(span), resource, life, span)) return false;
  const dueMs = lastDueMs(resource, life, span);
  return dueMs !== null && (lastSuccessMs === null || lastSuccessMs < dueMs);
}

function dayOf({ date, timezone }: ReferenceSpan): DateTime {
  return DateTime.fromISO(date, { zone: timezone }).startOf('day');
}

/** As they were told last: by an update that was carried out, or by an event of an attempt. */
function settingsOf(own: readonly AttemptFact[], updates: KnownFacts['settings']) {
  const told = [
    ...own.map((attempt) => ({ ...attempt, ms: toldLast(attempt) })),
    ...updates.map((update) => ({ ...update, ms: update.told.ms })),
  ].sort((a, b) => a.ms - b.ms);
  return {
    recoveryWindowDays: told.findLast((each) => each.recoveryWindowDays !== null)?.recoveryWindowDays ?? null,
    autoBackupEnabled: told.findLast((each) => each.autoBackupEnabled !== null)?.autoBackupEnabled ?? null,
  };
}
