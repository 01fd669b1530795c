import { hourMs } from '../../src/base/time-units.js';
import { type Outcome, outcomes } from '../../src/reports/backup-compliance/model/verdict.js';
import { type AttemptFact, type ReferenceSpan, isSuccess, lastEndOf } from './reference-facts.js';

/** What the attempts of a day are held against. */
export interface OutcomeDemand {
  readonly isDueToday: boolean;
  /** Not today, but before, and none was made since. */
  readonly isLate: boolean;
  readonly maxDurationHours: number;
}

/** The worst of all that can be said of the attempts of a day. */
export function outcomeOf(
  ofDay: readonly AttemptFact[],
  { isDueToday, isLate, maxDurationHours }: OutcomeDemand,
  span: ReferenceSpan,
): Outcome {
  if (ofDay.length === 0) return isDueToday ? 'MISSED' : isLate ? 'LATE' : 'NOT_DUE';
  const ended = ofDay.filter(({ end }) => end !== null);
  const successMs = lastEndOf(ended.filter(isSuccess));
  const failureMs = lastEndOf(ended.filter(({ result }) => result === 'FAILED'));
  const said: Outcome[] = isLate ? ['LATE'] : [];
  if (failureMs !== null) said.push(successMs !== null && successMs > failureMs ? 'RECOVERED' : 'FAILED');
  for (const attempt of ofDay) {
    if (attempt.end === null) {
      const isTooLong = span.cutOffMs - (attempt.begin?.ms ?? 0) >= maxDurationHours * hourMs;
      said.push(isTooLong ? 'UNKNOWN' : 'IN_PROGRESS');
    } else if (attempt.result === 'CANCELED') {
      if (successMs === null) said.push('FAILED');
    } else if (attempt.result !== 'FAILED') {
      said.push(attempt.result);
    }
  }
  return worstOutcome(said);
}

export function worstOutcome(said: readonly Outcome[]): Outcome {
  const worst = outcomes.find((outcome) => said.includes(outcome));
  if (worst === undefined) throw new Error('nothing is said of the attempts of a day');
  return worst;
}
