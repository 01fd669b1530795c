import type { NoticeFact, Told } from './reference-facts.js';
import type { FleetAttempt, FleetFacts } from './simulated-fleet.js';

/**
 * The facts without about half of the events of one span, as a source that broke off would tell them. Left are only
 * events whose meaning does not hang on one that is lost: an end that names no resource needs its begin, and where the
 * subject is the resource itself another begin would take its place. Of a condition all notices are lost, or none.
 */
export function tearFacts(
  { attempts, notices, terminations, ...others }: FleetFacts,
  isInSpan: (ms: number) => boolean,
  random: () => number,
): FleetFacts {
  const isLost = (told: Told | null): boolean => told !== null && isInSpan(told.ms) && random() < 0.5;
  const lostNotices = new Map<string, boolean>();
  const isNoticeLost = ({ resourceId, condition, told }: NoticeFact): boolean => {
    const key = `${resourceId} ${condition}`;
    if (!lostNotices.has(key)) lostNotices.set(key, random() < 0.5);
    return isInSpan(told.ms) && lostNotices.get(key) === true;
  };
  return {
    ...others,
    attempts: attempts
      .map((attempt) => tear(attempt, isLost))
      .filter(({ begin, end }) => begin !== null || end !== null),
    notices: notices.filter((notice) => !isNoticeLost(notice)),
    terminations: terminations.filter(({ told }) => !isLost(told)),
  };
}

function tear(attempt: FleetAttempt, isLost: (told: Told | null) => boolean): FleetAttempt {
  const isEndLost = isLost(attempt.end);
  const needsBegin = attempt.isEndNameless || attempt.subjectId === attempt.resourceId;
  const mayLoseBegin = isEndLost || attempt.end === null || !needsBegin;
  return {
    ...attempt,
    begin: mayLoseBegin && isLost(attempt.begin) ? null : attempt.begin,
    end: isEndLost ? null : attempt.end,
  };
}
