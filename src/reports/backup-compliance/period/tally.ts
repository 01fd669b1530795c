import type { PeriodAttainment, PeriodCounts } from './period-report.js';
import type { ResourceDay } from './resource-day.js';

/** What is added up over resource-days, of one resource or of a group of them. */
export interface Tally {
  readonly counts: { met: number; failed: number; missed: number; unknown: number; waived: number };
  longestGapDays: number;
  worstAgeSeconds: number | null;
  withoutRecoveryPoint: number;
  recoveries: number;
  daysToRecover: number;
}

/** What the days before say of one resource. */
export interface ResourceRun {
  /** Expected days in a row, up to now, that were not met. */
  gapDays: number;
  /** Number of the day on which it first failed or was missed; null: it has been met since. */
  badSinceDay: number | null;
}

/** What a resource-day does to the run that it is in. */
export interface RunStep {
  readonly gapDays: number;
  /** Days from the first failed or missed one to this one, which was met; null: it is no recovery. */
  readonly recoveredAfterDays: number | null;
}

export function newTally(): Tally {
  return {
    counts: { met: 0, failed: 0, missed: 0, unknown: 0, waived: 0 },
    longestGapDays: 0,
    worstAgeSeconds: null,
    withoutRecoveryPoint: 0,
    recoveries: 0,
    daysToRecover: 0,
  };
}

export function newRun(): ResourceRun {
  return { gapDays: 0, badSinceDay: null };
}

/** A day on which nothing was expected neither lengthens a gap nor ends it. @param dayNumber within the period */
export function stepRun(run: ResourceRun, { counted }: ResourceDay, dayNumber: number): RunStep {
  if (counted === null) return { gapDays: 0, recoveredAfterDays: null };
  if (counted === 'met') {
    const { badSinceDay } = run;
    run.gapDays = 0;
    run.badSinceDay = null;
    return { gapDays: 0, recoveredAfterDays: badSinceDay === null ? null : dayNumber - badSinceDay };
  }
  run.gapDays += 1;
  if (counted !== 'unknown') run.badSinceDay ??= dayNumber;
  return { gapDays: run.gapDays, recoveredAfterDays: null };
}

export function addToTally(
  tally: Tally,
  { counted, isWaived, ageSeconds }: ResourceDay,
  { gapDays, recoveredAfterDays }: RunStep,
): void {
  if (typeof ageSeconds === 'number') {
    tally.worstAgeSeconds = Math.max(tally.worstAgeSeconds ?? 0, ageSeconds);
  }
  if (counted === null) return;
  tally.counts[counted] += 1;
  if (isWaived && counted !== 'met') tally.counts.waived += 1;
  if (ageSeconds === null) tally.withoutRecoveryPoint += 1;
  tally.longestGapDays = Math.max(tally.longestGapDays, gapDays);
  if (recoveredAfterDays === null) return;
  tally.recoveries += 1;
  tally.daysToRecover += recoveredAfterDays;
}

export function countsOf({ counts }: Tally): PeriodCounts {
  const { met, failed, missed, unknown, waived } = counts;
  return { expected: met + failed + missed + unknown, met, failed, missed, unknown, waived };
}

export function attainmentOf(tally: Tally): PeriodAttainment {
  const counts = countsOf(tally);
  const { expected, met } = counts;
  return {
    ...counts,
    attainmentPercent: expected === 0 ? null : (100 * met) / expected,
    longestGapDays: tally.longestGapDays,
    worstRecoveryPointAgeSeconds: tally.worstAgeSeconds,
    withoutRecoveryPoint: tally.withoutRecoveryPoint,
    recoveries: tally.recoveries,
    meanDaysToRecover: tally.recoveries === 0 ? null : tally.daysToRecover / tally.recoveries,
  };
}
