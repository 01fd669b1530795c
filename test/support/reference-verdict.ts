import { DateTime } from 'luxon';
import { hourMs } from '../../src/base/time-units.js';
import { type Outcome, type Verdict, outcomes } from '../../src/reports/backup-compliance/model/verdict.js';
import {
  type AttemptFact,
  type Facts,
  type ReferenceResource,
  type ReferenceSpan,
  iso,
  isOfDay,
  isoOrNull,
  isSuccess,
  lastEndOf,
  lastOf,
  latest,
  toldLast,
} from './reference-facts.js';

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
  readonly attempts: number;
  readonly lastSuccessTime: string | null;
  readonly lastFailure: { readonly time: string; readonly message: string | null } | null;
  readonly lastRestoreTime: string | null;
  readonly openIncident: { readonly condition: string; readonly since: string } | null;
  readonly lastKnown: {
    readonly recoveryWindowDays: number | null;
    readonly autoBackupEnabled: boolean | null;
    readonly seen: string | null;
  };
}

/** @param facts about the resource, until the cut-off */
export function verdictOf(
  resource: ReferenceResource,
  { attempts, notices }: Facts,
  incidents: readonly ReferenceIncident[],
  isTerminated: boolean,
  span: ReferenceSpan,
): ReferenceVerdict {
  const backups = attempts.filter(({ kind }) => kind === 'backup');
  const ofDay = backups.filter((attempt) => isOfDay(attempt, span));
  const lastSuccessMs = lastEndOf(backups.filter(isSuccess));
  const lastFailed = latest(backups.filter(({ end, result }) => end !== null && result === 'FAILED'));
  const restores = attempts.filter((attempt) => attempt.kind === 'restore' && isSuccess(attempt));
  const bearing = notices.filter(({ bearsOnBackups }) => bearsOnBackups);
  const conditions = new Set(bearing.map(({ condition }) => condition));
  const open = incidents
    .filter(({ resourceId }) => resourceId === resource.resourceId)
    .filter(({ state, condition }) => state === 'open' && conditions.has(condition))
    .sort((a, b) => ((a.openedAt ?? '') < (b.openedAt ?? '') ? -1 : 1))[0];
  const inOrder = [...backups].sort((a, b) => toldLast(a) - toldLast(b));
  const facts = {
    ofDay,
    lastSuccessMs,
    lastRestoreMs: lastEndOf(restores),
    hasOpenIncident: open !== undefined,
    recoveryWindowDays:
      inOrder.findLast((each) => each.recoveryWindowDays !== null)?.recoveryWindowDays ?? null,
    autoBackupEnabled: inOrder.findLast((each) => each.autoBackupEnabled !== null)?.autoBackupEnabled ?? null,
  };
  const outcome = outcomeOf(resource, facts, isTerminated, span);
  const seenMs = lastOf([...attempts.map(toldLast), ...bearing.map(({ told }) => told.ms)]);
  const isOver = isTerminated && outcome === 'NOT_DUE';
  return {
    outcome,
    compliance: isOver ? 'NOT_APPLICABLE' : complianceOf(resource, facts, outcome, span),
    attempts: ofDay.length,
    lastSuccessTime: isoOrNull(lastSuccessMs),
    lastFailure: lastFailed && { time: iso(toldLast(lastFailed)), message: lastFailed.message },
    lastRestoreTime: isoOrNull(facts.lastRestoreMs),
    openIncident: open === undefined ? null : { condition: open.condition, since: open.openedAt ?? '' },
    lastKnown: {
      recoveryWindowDays: facts.recoveryWindowDays,
      autoBackupEnabled: facts.autoBackupEnabled,
      seen: isoOrNull(seenMs),
    },
  };
}

interface ResourceFacts {
  /** Backup attempts that ended in the day, or had begun and not ended. */
  readonly ofDay: readonly AttemptFact[];
  readonly lastSuccessMs: number | null;
  readonly lastRestoreMs: number | null;
  readonly hasOpenIncident: boolean;
  readonly recoveryWindowDays: number | null;
  readonly autoBackupEnabled: boolean | null;
}

/** The worst of all that can be said of the day. */
function outcomeOf(
  { policy }: ReferenceResource,
  { ofDay, lastSuccessMs }: ResourceFacts,
  isTerminated: boolean,
  span: ReferenceSpan,
): Outcome {
  if (ofDay.length === 0) return isTerminated ? 'NOT_DUE' : silentOutcome(policy, lastSuccessMs, span);
  const ended = ofDay.filter(({ end }) => end !== null);
  const successMs = lastEndOf(ended.filter(isSuccess));
  const failureMs = lastEndOf(ended.filter(({ result }) => result === 'FAILED'));
  const said: Outcome[] = [];
  if (failureMs !== null) said.push(successMs !== null && successMs > failureMs ? 'RECOVERED' : 'FAILED');
  for (const attempt of ofDay) {
    if (attempt.end === null) {
      const isTooLong = span.cutOffMs - (attempt.begin?.ms ?? 0) >= policy.maxDurationHours * hourMs;
      said.push(isTooLong ? 'UNKNOWN' : 'IN_PROGRESS');
    } else if (attempt.result !== 'FAILED' && attempt.result !== 'CANCELED') {
      said.push(attempt.result);
    }
  }
  // What is left was canceled: it counts where nothing else is known.
  return outcomes.find((outcome) => said.includes(outcome)) ?? 'FAILED';
}

/** Of a day without any attempt: due and missed, or due before and not made since. */
function silentOutcome(
  { isDueOn }: ReferenceResource['policy'],
  lastSuccessMs: number | null,
  { date, timezone, knownSinceMs }: ReferenceSpan,
): Outcome {
  const today = DateTime.fromISO(date, { zone: timezone });
  if (isDueOn(today)) return 'MISSED';
  let due = today;
  while (!isDueOn(due)) due = due.minus({ days: 1 });
  const dueMs = due.toMillis();
  const isMade = lastSuccessMs !== null && lastSuccessMs >= dueMs;
  return isMade || dueMs < knownSinceMs ? 'NOT_DUE' : 'LATE';
}

function complianceOf(
  { policy, isDatabase }: ReferenceResource,
  facts: ResourceFacts,
  outcome: Outcome,
  span: ReferenceSpan,
): Verdict {
  const { lastSuccessMs, lastRestoreMs, recoveryWindowDays, autoBackupEnabled } = facts;
  const { maxAgeHours, minRetentionDays, maxRestoreAgeDays } = policy;
  const verdicts = [
    ageVerdict(lastSuccessMs, maxAgeHours * hourMs, span),
    succeededVerdict(outcome, facts.ofDay.some(isSuccess)),
    facts.hasOpenIncident ? 'NON_COMPLIANT' : isDatabase ? 'COMPLIANT' : 'NOT_APPLICABLE',
    minRetentionDays === null
      ? 'NOT_APPLICABLE'
      : recoveryWindowDays === null
        ? 'UNKNOWN'
        : goodIf(recoveryWindowDays >= minRetentionDays),
    autoBackupEnabled === null ? 'NOT_APPLICABLE' : goodIf(autoBackupEnabled),
    durationVerdict(facts.ofDay, policy.maxDurationHours * hourMs, span),
    // Nothing is deleted in these facts.
    'COMPLIANT',
    maxRestoreAgeDays === null
      ? 'NOT_APPLICABLE'
      : ageVerdict(lastRestoreMs, maxRestoreAgeDays * 24 * hourMs, span),
  ] satisfies Verdict[];
  const worst: readonly Verdict[] = ['NON_COMPLIANT', 'UNKNOWN', 'COMPLIANT'];
  return worst.find((verdict) => (verdicts as Verdict[]).includes(verdict)) ?? 'NOT_APPLICABLE';
}

/** Where none was seen, one may have been before anything is known. */
function ageVerdict(
  lastMs: number | null,
  maxMs: number,
  { cutOffMs, knownSinceMs }: ReferenceSpan,
): Verdict {
  if (lastMs !== null) return goodIf(cutOffMs - lastMs <= maxMs);
  return cutOffMs - knownSinceMs < maxMs ? 'UNKNOWN' : 'NON_COMPLIANT';
}

function succeededVerdict(outcome: Outcome, hasSuccess: boolean): Verdict {
  if (outcome === 'NOT_DUE') return 'NOT_APPLICABLE';
  if (outcome === 'UNKNOWN') return 'UNKNOWN';
  if (outcome === 'IN_PROGRESS') return hasSuccess ? 'COMPLIANT' : 'UNKNOWN';
  return goodIf(outcome !== 'FAILED' && outcome !== 'MISSED' && outcome !== 'LATE');
}

function durationVerdict(ofDay: readonly AttemptFact[], maxMs: number, { cutOffMs }: ReferenceSpan): Verdict {
  const durations = ofDay.flatMap(({ begin, end, createdMs }) => {
    const startMs = begin?.ms ?? createdMs;
    return startMs === null ? [] : [(end?.ms ?? cutOffMs) - startMs];
  });
  return durations.length === 0 ? 'NOT_APPLICABLE' : goodIf(Math.max(...durations) <= maxMs);
}

function goodIf(isGood: boolean): Verdict {
  return isGood ? 'COMPLIANT' : 'NON_COMPLIANT';
}
