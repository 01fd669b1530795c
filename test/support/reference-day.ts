import { DateTime } from 'luxon';
import {
  type Facts,
  type NoticeFact,
  type ReferenceResource,
  type ReferenceSpan,
  iso,
  isRunning,
  lastOf,
} from './reference-facts.js';
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

/** Judges one day from all facts at once, as design section 4 has it: slow, and with no memory of any other day. */
export function judgeReferenceDay(
  allFacts: Facts,
  span: ReferenceSpan,
  resources: readonly ReferenceResource[],
): ReferenceJudgement {
  const facts = factsUntil(allFacts, span);
  const incidents = incidentsOf(facts.notices, span);
  const verdicts = new Map<string, ReferenceVerdict>();
  const former: ReferenceJudgement['former'][number][] = [];
  for (const resource of resources) {
    const own = factsAbout(facts, resource.resourceId);
    if (own.attempts.length === 0 && !own.notices.some(({ bearsOnBackups }) => bearsOnBackups)) continue;
    const terminatedMs = lastOf(own.terminations.map(({ told }) => told.ms));
    if (terminatedMs === null || terminatedMs >= span.startMs) {
      verdicts.set(resource.resourceId, verdictOf(resource, own, incidents, terminatedMs !== null, span));
      continue;
    }
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

/** What has not happened yet, or before anything is known, is not there. */
function factsUntil(facts: Facts, { knownSinceMs, cutOffMs }: ReferenceSpan): Facts {
  const isKnown = (told: { readonly ms: number } | null): boolean =>
    told !== null && told.ms >= knownSinceMs && told.ms < cutOffMs;
  return {
    attempts: facts.attempts
      .map((attempt) => ({
        ...attempt,
        begin: isKnown(attempt.begin) ? attempt.begin : null,
        end: isKnown(attempt.end) ? attempt.end : null,
      }))
      .filter(({ begin, end }) => begin !== null || end !== null),
    notices: facts.notices.filter(({ told }) => isKnown(told)).sort((a, b) => a.told.ms - b.told.ms),
    terminations: facts.terminations.filter(({ told }) => isKnown(told)),
  };
}

function factsAbout(facts: Facts, resourceId: string): Facts {
  const isOwn = (fact: { readonly resourceId: string }): boolean => fact.resourceId === resourceId;
  return {
    attempts: facts.attempts.filter(isOwn),
    notices: facts.notices.filter(isOwn),
    terminations: facts.terminations.filter(isOwn),
  };
}

/** A critical opens, repeated ones are the same incident, the clearing closes; in order of time. */
function incidentsOf(notices: readonly NoticeFact[], span: ReferenceSpan): readonly ReferenceIncident[] {
  const byKey = new Map<string, ReferenceIncident[]>();
  for (const { resourceId, condition, told, isCleared } of notices) {
    if (told.ms >= span.cutOffMs) continue;
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
      own.push({
        resourceId,
        condition,
        state: isCleared ? 'cleared' : 'open',
        openedAt,
        lastSeenAt: at,
        clearedAt,
      });
    }
  }
  return [...byKey.values()].flat();
}
