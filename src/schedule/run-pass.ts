import { daysInSight } from './schedule-days.js';
import { Failure, explainError } from '../errors.js';
import { createPassHeartbeat } from './pass-heartbeat.js';
import type { ScheduledPlan } from './scheduled-plan.js';
import { type VisitPorts, visitDay } from './visit-day.js';

/** What a pass is to do beside making what is missing and handing over what was not. */
export interface PassRequest {
  /** Whether cron asked for it: days that have a report are read again. */
  readonly reconciles: boolean;
  /** Dates that an earlier pass was to read again and could not. */
  readonly leftOver: ReadonlySet<string>;
}

export type PassPorts = Omit<VisitPorts, 'onWork'>;

export interface PassResult {
  /** Days with a report or a revision that was not there before. */
  readonly made: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Whether nothing failed, and no report needs somebody's attention for how it was made or handed over. */
  readonly isFine: boolean;
  /** Dates that were to be read again and could not. */
  readonly leftOver: ReadonlySet<string>;
  /** When the next day will have settled, epoch milliseconds; null: all in sight have. */
  readonly settlesMs: number | null;
}

/** Errors are strangers' words. */
const shownChars = 300;
const shownStackChars = 2000;

/**
 * One pass of a plan over the days in sight, oldest first: makes what is missing, hands over what did not reach
 * anybody and, where cron asked, reads the last days again. It may be repeated at any time: what is there stays.
 *
 * A day that fails is logged and does not keep the others back.
 */
export async function runPass(
  plan: ScheduledPlan,
  { reconciles, leftOver: before }: PassRequest,
  ports: PassPorts,
): Promise<PassResult> {
  const { clock, log, observer, signal } = ports;
  const nowMs = clock.nowMs();
  const heartbeat = createPassHeartbeat(plan.name, plan.heartbeat);
  if (reconciles) await heartbeat.begin();
  const failures: string[] = [];
  const troubles: string[] = [];
  const leftOver = new Set<string>();
  let made = 0;
  let unchanged = 0;
  let settlesMs: number | null = null;
  for (const each of daysInSight(plan, nowMs)) {
    if (signal.aborted) break;
    const { date } = each.day;
    if (each.settledMs > nowMs) {
      settlesMs ??= each.settledMs;
      continue;
    }
    const isReadAgain = each.isReconciled && (reconciles || before.has(date));
    try {
      const visit = await visitDay(plan, each, isReadAgain, { ...ports, onWork: heartbeat.begin });
      made += visit.made;
      unchanged += visit.unchanged;
      if (visit.trouble !== null) troubles.push(`${date}: ${visit.trouble}`);
    } catch (error) {
      if (signal.aborted) break;
      const reason = oneLine(explainError(error));
      failures.push(`${date}: ${reason}`);
      if (isReadAgain) leftOver.add(date);
      observer?.dayDone(plan.name, 'failed', null);
      log.warn({ plan: plan.name, date, reason, ...detailsOf(error) }, 'schedule: day failed');
    }
  }
  const all = [...failures, ...troubles];
  if (!signal.aborted) await heartbeat.end(all);
  return { made, unchanged, failed: failures.length, isFine: all.length === 0, leftOver, settlesMs };
}

/** Of an error that nobody foresaw, where it comes from; of another, what to do. */
function detailsOf(error: unknown): Readonly<Record<string, string>> {
  if (error instanceof Failure) {
    return error.hints.length === 0 ? {} : { advice: oneLine(error.hints.join(' ')) };
  }
  return error instanceof Error && error.stack !== undefined
    ? { stack: error.stack.slice(0, shownStackChars) }
    : {};
}

/** On one line and of bounded length. */
export function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * shownChars)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  return (line.length <= shownChars ? line : `${line.slice(0, shownChars)}…`).toWellFormed();
}
