import { dayMs, hourMs } from '../../src/base/time-units.js';
import type { ControlName, Outcome, Verdict } from '../../src/reports/backup-compliance/model/verdict.js';
import {
  type AttemptFact,
  type DeletionFact,
  type ReferenceResource,
  type ReferenceSpan,
  isSuccess,
  lastOf,
} from './reference-facts.js';
import { type ReferenceLife, wasDueSince } from './reference-life.js';
import { earlyDeletionVerdict } from './reference-points.js';

export type ReferenceControls = Readonly<Record<ControlName, Verdict>>;

/** What the controls of a resource are judged by. */
export interface ControlFacts {
  readonly outcome: Outcome;
  readonly isLate: boolean;
  /** All that count for it, its group's too. */
  readonly backups: readonly AttemptFact[];
  /** Those that ended in the day, or had begun and not ended. */
  readonly ofDay: readonly AttemptFact[];
  readonly points: readonly number[];
  readonly deletions: readonly DeletionFact[];
  readonly lastRestoreMs: number | null;
  readonly hasOpenIncident: boolean;
  readonly recoveryWindowDays: number | null;
  readonly autoBackupEnabled: boolean | null;
  readonly life: ReferenceLife;
}

export function controlsOf(
  resource: ReferenceResource,
  facts: ControlFacts,
  span: ReferenceSpan,
): ReferenceControls {
  const { policy, isDatabase } = resource;
  const others = {
    'backup-succeeded': succeededVerdict(facts),
    'no-open-incident': facts.hasOpenIncident ? 'NON_COMPLIANT' : isDatabase ? 'COMPLIANT' : 'NOT_APPLICABLE',
    retention: retentionVerdict(policy.minRetentionDays, facts.recoveryWindowDays),
    'protection-enabled':
      facts.autoBackupEnabled === null ? 'NOT_APPLICABLE' : goodIf(facts.autoBackupEnabled),
    duration: durationVerdict(facts.ofDay, policy.maxDurationHours * hourMs, span),
    'no-early-deletion': deletionVerdict(resource, facts, span),
    'restore-tested':
      policy.maxRestoreAgeDays === null
        ? 'NOT_APPLICABLE'
        : (ageOf(facts.lastRestoreMs, policy.maxRestoreAgeDays * dayMs, span) ??
          goodUnlessKnown(policy.maxRestoreAgeDays * dayMs, span)),
  } as const satisfies Omit<ReferenceControls, 'recovery-point-age'>;
  return { 'recovery-point-age': pointAgeVerdict(resource, facts, Object.values(others), span), ...others };
}

/** Of a resource that was terminated in the day, with nothing attempted. */
export function overControls(
  resource: ReferenceResource,
  facts: ControlFacts,
  span: ReferenceSpan,
): ReferenceControls {
  return {
    'recovery-point-age': 'NOT_APPLICABLE',
    'backup-succeeded': 'NOT_APPLICABLE',
    'no-open-incident': 'NOT_APPLICABLE',
    retention: 'NOT_APPLICABLE',
    'protection-enabled': 'NOT_APPLICABLE',
    duration: 'NOT_APPLICABLE',
    'no-early-deletion': deletionVerdict(resource, facts, span),
    'restore-tested': 'NOT_APPLICABLE',
  };
}

function deletionVerdict(
  { policy }: ReferenceResource,
  { backups, deletions, recoveryWindowDays }: ControlFacts,
  span: ReferenceSpan,
): Verdict {
  return earlyDeletionVerdict(backups, deletions, policy.minRetentionDays ?? recoveryWindowDays, span);
}

function pointAgeVerdict(
  resource: ReferenceResource,
  { points, backups, life }: ControlFacts,
  others: readonly Verdict[],
  span: ReferenceSpan,
): Verdict {
  const maxMs = resource.policy.maxAgeHours * hourMs;
  const byAge = ageOf(lastOf(points), maxMs, span);
  if (byAge !== null) return byAge;
  const { createdMs } = life;
  if (createdMs === null) return goodUnlessKnown(maxMs, span);
  const wasDue = wasDueSince(resource, createdMs, span);
  const wasAttempted = backups.length > 0;
  const isGoodElsewhere = !others.includes('NON_COMPLIANT') && !others.includes('UNKNOWN');
  const isYoung = span.cutOffMs - createdMs < maxMs;
  if (!wasDue && isYoung && !wasAttempted && isGoodElsewhere) return 'NOT_APPLICABLE';
  const isWholeLifeKnown = createdMs >= span.knownSinceMs;
  if (isWholeLifeKnown && (wasDue || wasAttempted)) return 'NON_COMPLIANT';
  return goodUnlessKnown(maxMs, span);
}

function ageOf(lastMs: number | null, maxMs: number, { cutOffMs }: ReferenceSpan): Verdict | null {
  return lastMs === null ? null : goodIf(cutOffMs - lastMs <= maxMs);
}

/** Where none was seen, one may have been before anything is known. */
function goodUnlessKnown(maxMs: number, { cutOffMs, knownSinceMs }: ReferenceSpan): Verdict {
  return cutOffMs - knownSinceMs < maxMs ? 'UNKNOWN' : 'NON_COMPLIANT';
}

function succeededVerdict({ outcome, isLate, ofDay }: ControlFacts): Verdict {
  if (isLate) return 'NON_COMPLIANT';
  switch (outcome) {
    case 'NOT_DUE':
      return 'NOT_APPLICABLE';
    case 'UNKNOWN':
      return 'UNKNOWN';
    case 'IN_PROGRESS':
      return ofDay.some(isSuccess) ? 'COMPLIANT' : 'UNKNOWN';
    case 'FAILED':
    case 'MISSED':
    case 'LATE':
      return 'NON_COMPLIANT';
    default:
      return 'COMPLIANT';
  }
}

function retentionVerdict(minimumDays: number | null, windowDays: number | null): Verdict {
  if (minimumDays === null) return 'NOT_APPLICABLE';
  return windowDays === null ? 'UNKNOWN' : goodIf(windowDays >= minimumDays);
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
