import { errorFields, reasonOf } from './error-words.js';
import { createPassHeartbeat } from './pass-heartbeat.js';
import { gapDays } from './gap-days.js';
import { type DayInSight, daysInSight } from './schedule-days.js';
import type { ScheduledPlan } from './scheduled-plan.js';
import { type VisitPorts, visitDay } from './visit-day.js';
import { visitPeriods } from './visit-periods.js';

/** What a pass is to do besides making missing reports and delivering undelivered ones. */
export interface PassRequest {
  /** Whether cron asked for it: then days that have a report are read again. */
  readonly reconciles: boolean;
  /** Dates that an earlier pass failed to read again. */
  readonly leftOver: ReadonlySet<string>;
  /** Before this date no missing report is made; null or absent: all in sight are. */
  readonly notBefore?: string | null;
}

export interface PassPorts extends Omit<VisitPorts, 'onWork'> {
  /** Called before each day that is visited. */
  readonly onDay?: (date: string) => void;
}

export interface PassResult {
  /** Days that got a report or a revision. */
  readonly made: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Whether nothing failed, and every report was completely made and delivered. */
  readonly isFine: boolean;
  /** Dates that could not be read again. */
  readonly leftOver: ReadonlySet<string>;
  /** Days that should have a report by now and have none; null: the archive could not say. */
  readonly missing: number | null;
  /** When the next day in sight settles, epoch milliseconds; null: all have settled. */
  readonly settlesMs: number | null;
}

/**
 * One pass of a plan over the days in sight, oldest first: makes missing reports, delivers undelivered ones and, if cron
 * asked, reads the last days again. It may be repeated at any time: existing reports stay.
 *
 * A day that fails is logged and does not stop the others.
 */
export async function runPass(
  plan: ScheduledPlan,
  { reconciles, leftOver: before, notBefore = null }: PassRequest,
  ports: PassPorts,
): Promise<PassResult> {
  const { clock, log, observer, signal } = ports;
  const nowMs = clock.nowMs();
  await plan.renew?.();
  const heartbeat = createPassHeartbeat(plan.name, plan.heartbeat);
  if (reconciles) await heartbeat.begin();
  const failures: string[] = [];
  const troubles: string[] = [];
  const leftOver = new Set<string>();
  let made = 0;
  let unchanged = 0;
  let settlesMs: number | null = null;
  const gaps = await findGaps(plan, nowMs, ports);
  if (!gaps.ok) failures.push(gaps.reason);
  const seen = watchDays(ports);
  for (const each of [...gaps.days, ...wantedInSight(plan, nowMs, notBefore)]) {
    if (signal.aborted) break;
    const { date } = each.day;
    if (each.settledMs > nowMs) {
      settlesMs ??= each.settledMs;
      continue;
    }
    seen.begin(each);
    const isReadAgain = each.isReconciled && (reconciles || before.has(date));
    try {
      const visit = await visitDay(plan, each, isReadAgain, {
        ...ports,
        ...seen.ports,
        onWork: heartbeat.begin,
      });
      made += visit.made;
      unchanged += visit.unchanged;
      if (visit.trouble !== null) troubles.push(`${date}: ${visit.trouble}`);
    } catch (error) {
      if (signal.aborted) break;
      const reason = reasonOf(error);
      failures.push(`${date}: ${reason}`);
      if (isReadAgain) leftOver.add(date);
      observer?.dayDone(plan.name, 'failed', null);
      log.warn({ plan: plan.name, date, reason, ...errorFields(error) }, 'schedule: day failed');
    }
  }
  const unsigned = signal.aborted ? null : await signLate(plan, ports);
  if (unsigned !== null) troubles.push(unsigned);
  const periods = await visitPeriods(plan, reconciles, { ...ports, onWork: heartbeat.begin });
  failures.push(...periods.failures);
  troubles.push(...periods.troubles);
  const unstamped = signal.aborted ? null : await stampLate(plan, ports);
  if (unstamped !== null) troubles.push(unstamped);
  const all = [...failures, ...troubles];
  if (!signal.aborted) await heartbeat.end(all);
  const missing = gaps.ok ? seen.missing() : null;
  return { made, unchanged, failed: failures.length, isFine: all.length === 0, leftOver, missing, settlesMs };
}

function wantedInSight(plan: ScheduledPlan, nowMs: number, notBefore: string | null): readonly DayInSight[] {
  const days = daysInSight(plan, nowMs);
  if (notBefore === null) return days;
  return days.map((each) => (each.day.date < notBefore ? { ...each, isCaughtUp: false } : each));
}

/** What earlier passes could not sign. Returns why something is still not signed; null: all is as it should be. */
async function signLate(plan: ScheduledPlan, { log }: PassPorts): Promise<string | null> {
  const late = await plan.signLate?.();
  if (late === undefined) return null;
  if (late.signed > 0) log.info({ plan: plan.name, signed: late.signed }, 'schedule: signed later');
  return late.unsigned;
}

/** The time stamps of what this pass and earlier ones made. Returns why something still has none; null: all have theirs. */
async function stampLate(plan: ScheduledPlan, { log }: PassPorts): Promise<string | null> {
  const late = await plan.stampLate?.();
  if (late === undefined) return null;
  if (late.stamped > 0) log.info({ plan: plan.name, stamped: late.stamped }, 'schedule: time stamps made');
  return late.unstamped;
}

/** Counts the days that a pass should have left with a report. */
function watchDays({ onArchive, onReport, onDay }: PassPorts): {
  readonly ports: Pick<PassPorts, 'onArchive' | 'onReport'>;
  begin(each: DayInSight): void;
  missing(): number | null;
} {
  const missing = new Set<string>();
  let isKnown = true;
  return {
    begin: ({ day, isCaughtUp }) => {
      onDay?.(day.date);
      if (isCaughtUp) missing.add(day.date);
    },
    ports: {
      onArchive: (isReached) => {
        isKnown &&= isReached;
        onArchive(isReached);
      },
      onReport: (date) => {
        missing.delete(date);
        onReport(date);
      },
    },
    missing: () => (isKnown ? missing.size : null),
  };
}

/** Where the archive cannot be listed, the other days still go ahead. */
async function findGaps(
  plan: ScheduledPlan,
  nowMs: number,
  { log, onArchive }: PassPorts,
): Promise<{ readonly ok: boolean; readonly reason: string; readonly days: readonly DayInSight[] }> {
  try {
    return { ok: true, reason: '', days: await gapDays(plan, nowMs) };
  } catch (error) {
    onArchive(false);
    const reason = reasonOf(error);
    log.warn({ plan: plan.name, reason, ...errorFields(error) }, 'schedule: gaps of the archive not found');
    return { ok: false, reason: `gaps of the archive: ${reason}`, days: [] };
  }
}
