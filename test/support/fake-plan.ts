import type { DayState } from '../../src/model/day-state.js';
import type { ReportDay } from '../../src/model/report-day.js';
import { localTime } from '../../src/schedule/schedule-gaps.js';
import type { ScheduledPlan } from '../../src/schedule/scheduled-plan.js';

export interface FakePlan extends ScheduledPlan {
  /** What was done, in order: `2026-11-20 06:00 made 2026-11-19`. */
  readonly did: string[];
  /** Pings of the heartbeat. */
  readonly pings: string[];
  /** What the archive says. */
  readonly states: Map<string, DayState>;
  /** How often each day was committed. */
  readonly commits: Map<string, number>;
  /** May fail or wait. */
  before: (what: 'state' | 'make' | 'deliver', date: string, signal?: AbortSignal) => Promise<void> | void;
  /** Exit code of a day. */
  exitCodeOf: (date: string) => number;
  /** Days that events came late for: they get a revision. */
  readonly late: Set<string>;
}

/** A plan that makes nothing and writes down what it was asked for. */
export function createFakePlan(over: Partial<ScheduledPlan> = {}): FakePlan {
  const states = new Map<string, DayState>();
  const commits = new Map<string, number>();
  const pings: string[] = [];
  const did: string[] = [];
  const timezone = over.timezone ?? 'UTC';
  const note = (what: string): void => void did.push(`${localTime(Date.now(), timezone)} ${what}`);
  const plan: FakePlan = {
    name: 'daily',
    timezone,
    cron: '0 6 * * *',
    settleDelayMs: 6 * 3_600_000,
    catchUpDays: 7,
    reconcileDays: 0,
    retryAfterMs: 5 * 60_000,
    heartbeat: {
      ping: async (signal, words) => void pings.push(`${signal} ${words}`),
    },
    did,
    pings,
    states,
    commits,
    late: new Set(),
    before: () => undefined,
    exitCodeOf: () => 0,
    stateOf: async (date) => {
      await plan.before('state', date);
      return states.get(date) ?? 'missing';
    },
    makeDay: async ({ date }: ReportDay, signal) => {
      await plan.before('make', date, signal);
      const isNew = !commits.has(date) || plan.late.delete(date);
      if (isNew) commits.set(date, (commits.get(date) ?? 0) + 1);
      states.set(date, 'done');
      note(`${isNew ? 'made' : 'looked at'} ${date}`);
      const exitCode = plan.exitCodeOf(date);
      return {
        kind: isNew ? 'committed' : 'unchanged',
        isComplete: exitCode !== 3,
        revision: commits.get(date) ?? 0,
        exitCode,
        deliveries: isNew ? ['delivered'] : [],
      };
    },
    deliver: async (date, signal) => {
      await plan.before('deliver', date, signal);
      states.set(date, 'done');
      note(`delivered ${date}`);
      return { exitCode: plan.exitCodeOf(date), deliveries: ['delivered'] };
    },
    ...over,
  };
  return plan;
}
