import { DateTime } from 'luxon';
import type { KnownFacts } from './reference-known.js';
import {
  type AttemptFact,
  type ReferenceResource,
  type ReferenceSpan,
  begunMs,
  toldLast,
} from './reference-facts.js';

/** When a resource was created and ended, as far as is known on a day. Epoch milliseconds; null: not known, or not at all. */
export interface ReferenceLife {
  readonly createdMs: number | null;
  readonly endedMs: number | null;
}

/** Facts of the resource itself: of the termination of what it is in, too. */
export function lifeOf(
  { resourceId, createdMs: listedMs }: Pick<ReferenceResource, 'resourceId' | 'createdMs'>,
  facts: KnownFacts,
): ReferenceLife {
  const own = facts.attempts.filter((attempt) => attempt.resourceId === resourceId);
  const toldMs = facts.creations.filter((each) => each.resourceId === resourceId).map(({ told }) => told.ms);
  const createdMs = firstOf([...toldMs, ...(listedMs === null ? [] : [listedMs])]);
  // An attempt of before proves that it was there already: when it was created is not known.
  const isContradicted = createdMs !== null && own.some((attempt) => begunMs(attempt) < createdMs);
  const parentId = parentOf(own);
  const siblings = facts.attempts.filter(
    (attempt) => parentId !== null && parentOf(attemptsOf(attempt.resourceId, facts)) === parentId,
  );
  const ends = facts.terminations.flatMap((termination) => {
    const isParents = termination.resourceId === parentId;
    if (!isParents && termination.resourceId !== resourceId) return [];
    const endMs = termination.told.ms;
    return isRefuted(endMs, isParents ? siblings : own) ? [] : [endMs];
  });
  return {
    createdMs: isContradicted ? null : createdMs,
    endedMs: firstOf(ends),
  };
}

function firstOf(instants: readonly number[]): number | null {
  return instants.length === 0 ? null : Math.min(...instants);
}

/** By a backup that began after it, whatever became of that. */
function isRefuted(endMs: number, attempts: readonly AttemptFact[]): boolean {
  return attempts.some((attempt) => attempt.kind === 'backup' && begunMs(attempt) > endMs);
}

function attemptsOf(resourceId: string, { attempts }: KnownFacts): readonly AttemptFact[] {
  return attempts.filter((attempt) => attempt.resourceId === resourceId);
}

/** The DB system by the latest id that was told. */
function parentOf(attempts: readonly AttemptFact[]): string | null {
  const told = attempts.filter(({ parentId }) => parentId !== null);
  return told.sort((a, b) => toldLast(b) - toldLast(a))[0]?.parentId ?? null;
}

/** Whether a backup is due on the date: by its policy, and after the day of its creation. */
export function isDueOn(
  date: DateTime,
  { policy }: ReferenceResource,
  { createdMs }: ReferenceLife,
  { timezone }: ReferenceSpan,
): boolean {
  if (!policy.isDueOn(date)) return false;
  if (createdMs === null) return true;
  return date.startOf('day') > DateTime.fromMillis(createdMs, { zone: timezone }).startOf('day');
}

/** Start of the last date on which a backup was due, up to the day itself; null: none since it is known. */
export function lastDueMs(
  resource: ReferenceResource,
  life: ReferenceLife,
  span: ReferenceSpan,
): number | null {
  let date = DateTime.fromISO(span.date, { zone: span.timezone }).startOf('day');
  while (date.toMillis() >= span.knownSinceMs) {
    if (isDueOn(date, resource, life, span)) return date.toMillis();
    date = date.minus({ days: 1 }).startOf('day');
  }
  return null;
}

/** Whether a backup was due on a day after that of its creation, up to the day itself. */
export function wasDueSince(resource: ReferenceResource, createdMs: number, span: ReferenceSpan): boolean {
  let date = DateTime.fromISO(span.date, { zone: span.timezone }).startOf('day');
  const created = DateTime.fromMillis(createdMs, { zone: span.timezone }).startOf('day');
  for (; date > created; date = date.minus({ days: 1 }).startOf('day')) {
    if (resource.policy.isDueOn(date)) return true;
  }
  return false;
}
