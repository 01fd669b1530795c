import { daysBetween } from '../../base/civil-dates.js';
import type { InterchangeDay, ReportedDay } from '../interchange-day.js';
import { rememberedDays } from '../remembered-days.js';
import { complianceEvent } from './compliance-event.js';
import { type Judgement, judgementOfDay, judgementsOf } from './judgement.js';
import type { Activity, ComplianceFinding } from './types.js';

/**
 * The events of one day after the other. What a report says is compared with the newest one before it, of at most
 * `rememberedDays` days before. Keeps the judgements of one day.
 */
export interface FindingFollower {
  /** Takes a day before the range, of which no events are wanted. */
  remember(day: InterchangeDay): void;
  /** The events of the next day; to be read to their end. */
  follow(day: InterchangeDay): Generator<ComplianceFinding>;
}

interface Remembered {
  readonly judgement: Judgement;
  /** When it was judged. */
  readonly date: string;
}

export function createFindingFollower(): FindingFollower {
  let before: ReadonlyMap<string, Remembered> = new Map();
  let dayBefore: Judgement | undefined;
  let lastReport: string | null = null;

  function* follow(day: InterchangeDay): Generator<ComplianceFinding> {
    if (lastReport === null || !isRemembered(lastReport, day.date)) {
      before = new Map();
      dayBefore = undefined;
    }
    const ofDay = judgementOfDay(day);
    yield complianceEvent(day, ofDay, activityOf(ofDay, dayBefore));
    dayBefore = ofDay;
    // Of a day without a report nothing else is known: what was open stays open.
    if (day.state !== 'reported') return;
    lastReport = day.date;
    before = yield* followReport(day, before);
  }

  return {
    follow,
    remember(day) {
      const events = follow(day);
      while (events.next().done !== true);
    },
  };
}

/** @returns what the next report is compared with */
function* followReport(
  day: ReportedDay,
  before: ReadonlyMap<string, Remembered>,
): Generator<ComplianceFinding, ReadonlyMap<string, Remembered>> {
  const now = new Map<string, Remembered>();
  for (const judgement of judgementsOf(day)) {
    const { findingId } = judgement;
    const earlier = before.get(findingId);
    now.set(findingId, { judgement, date: day.date });
    const isKnown = earlier !== undefined && isRemembered(earlier.date, day.date);
    yield complianceEvent(day, judgement, activityOf(judgement, isKnown ? earlier.judgement : undefined));
  }
  const isComplete = day.report.status === 'COMPLETE';
  for (const [id, earlier] of before) {
    const isOpen = earlier.judgement.state !== 'pass' && isRemembered(earlier.date, day.date);
    if (now.has(id) || !isOpen) continue;
    // An INCOMPLETE report may not have seen it.
    if (isComplete) yield complianceEvent(day, earlier.judgement, 'close', false);
    else now.set(id, earlier);
  }
  return now;
}

function isRemembered(date: string, today: string): boolean {
  return daysBetween(date, today) <= rememberedDays;
}

/** Created when it becomes bad, closed when it is good again; what was good from the start is created once. */
function activityOf(now: Judgement, before: Judgement | undefined): Activity {
  if (before === undefined) return 'create';
  const wasBad = before.state !== 'pass';
  const isBad = now.state !== 'pass';
  if (isBad) return wasBad ? 'update' : 'create';
  return wasBad ? 'close' : 'update';
}
