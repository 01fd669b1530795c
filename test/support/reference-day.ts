import { DateTime } from 'luxon';
import {
  type Facts,
  type NoticeFact,
  type ReferenceResource,
  type ReferenceSpan,
  iso,
  isOfDay,
  isRunning,
} from './reference-facts.js';
import { type KnownFacts, factsUntil } from './reference-known.js';
import { type ReferenceLife, lifeOf } from './reference-life.js';
import { type ReferenceIncident, type ReferenceVerdict, verdictOf } from './reference-verdict.js';

export interface ReferenceJudgement {
  readonly verdicts: ReadonlyMap<string, ReferenceVerdict>;
  readonly former: readonly {
    readonly resourceId: string;
    readonly lastDay: string;
    readonly terminatedTime: string;
  }[];
  readonly incidents: readonly ReferenceIncident[];
  /** `resource id@begin`, in order. */
  readonly running: readonly string[];
}

/**
 * Judges one day from all facts at once, as design section 4 has it: slow, and with no memory of any other day.
 *
 * @param before who was in the population of the day before: what an inventory does not list any more may stay in it
 */
export function judgeReferenceDay(
  allFacts: Facts,
  span: ReferenceSpan,
  resources: readonly ReferenceResource[],
  before: ReadonlySet<string>,
): ReferenceJudgement {
  const facts = factsUntil(allFacts, span);
  const incidents = incidentsOf(facts.notices);
  const verdicts = new Map<string, ReferenceVerdict>();
  const former: ReferenceJudgement['former'][number][] = [];
  for (const resource of resources) {
    const life = lifeOf(resource, facts);
    if (!isKnown(resource, facts, span)) continue;
    if (hasLeft(resource, { facts, incidents, before }, span)) continue;
    if (isThere(resource, life, facts, span)) {
      verdicts.set(resource.resourceId, verdictOf(resource, life, facts, incidents, span));
      continue;
    }
    const terminatedMs = life.endedMs ?? 0;
    const lastDay = DateTime.fromMillis(terminatedMs, { zone: span.timezone }).toFormat('yyyy-MM-dd');
    const daysAgo = DateTime.fromISO(span.date).diff(DateTime.fromISO(lastDay), 'days').days;
    const { resourceId } = resource;
    if (Math.round(daysAgo) <= 14) former.push({ resourceId, lastDay, terminatedTime: iso(terminatedMs) });
  }
  const running = facts.attempts.filter((attempt) => isRunning(attempt, span));
  return {
    verdicts,
    former,
    incidents: incidents.filter(({ clearedAt }) => clearedAt === null || clearedAt >= iso(span.startMs)),
    running: running.map(({ resourceId, begin }) => `${resourceId}@${iso(begin?.ms ?? 0)}`).sort(),
  };
}

/** Whether it is or was in the population: listed or observed, and created, unless it was attempted before that. */
function isKnown(
  { resourceId, presence, createdMs }: ReferenceResource,
  { attempts, notices }: KnownFacts,
  { cutOffMs }: ReferenceSpan,
): boolean {
  if (presence === 'unlisted') return false;
  if (attempts.some((attempt) => attempt.resourceId === resourceId)) return true;
  if (presence === 'listed') return createdMs === null || createdMs < cutOffMs;
  return notices.some((notice) => notice.resourceId === resourceId && notice.bearsOnBackups);
}

/** Not listed any more: unless it was there the day before, and has an attempt of the day or an open incident. */
function hasLeft(
  { resourceId, unlistedFrom }: ReferenceResource,
  { facts, incidents, before }: LeavingFacts,
  span: ReferenceSpan,
): boolean {
  if (unlistedFrom === null || span.date < unlistedFrom) return false;
  if (!before.has(resourceId)) return true;
  const isAttempted = facts.attempts.some(
    (attempt) => attempt.resourceId === resourceId && attempt.kind === 'backup' && isOfDay(attempt, span),
  );
  const isOpen = incidents.some((each) => each.resourceId === resourceId && each.state === 'open');
  return !isAttempted && !isOpen;
}

interface LeavingFacts {
  readonly facts: KnownFacts;
  readonly incidents: readonly ReferenceIncident[];
  readonly before: ReadonlySet<string>;
}

/** Not terminated before the day; else only for what ended in it. */
function isThere(
  { resourceId }: ReferenceResource,
  { endedMs }: ReferenceLife,
  { attempts }: KnownFacts,
  { startMs }: ReferenceSpan,
): boolean {
  if (endedMs === null || endedMs >= startMs) return true;
  return attempts.some(
    (attempt) =>
      attempt.resourceId === resourceId &&
      attempt.kind === 'backup' &&
      attempt.end !== null &&
      attempt.end.ms >= startMs,
  );
}

/** A critical opens, repeated ones are the same incident, the clearing closes; in order of time. */
function incidentsOf(notices: readonly NoticeFact[]): readonly ReferenceIncident[] {
  const byKey = new Map<string, ReferenceIncident[]>();
  for (const { resourceId, condition, told, isCleared } of notices) {
    const at = iso(told.ms);
    const key = `${resourceId} ${condition}`;
    const own = byKey.get(key) ?? [];
    byKey.set(key, own);
    const last = own.at(-1);
    if (last?.state === 'open') {
      const state = isCleared ? 'cleared' : 'open';
      own.splice(-1, 1, { ...last, state, lastSeenAt: at, clearedAt: isCleared ? at : null });
    } else {
      const openedAt = isCleared ? null : at;
      const clearedAt = isCleared ? at : null;
      const state = isCleared ? 'cleared' : 'open';
      own.push({ resourceId, condition, state, openedAt, lastSeenAt: at, clearedAt });
    }
  }
  return [...byKey.values()].flat();
}
