import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { addDays, dateAt, daysBetween } from '../base/civil-dates.js';
import type { PlanStatus } from './schedule-status.js';
import type { ScheduleClock, ScheduleObserver } from './scheduled-plan.js';

export interface ScheduleMetrics extends ScheduleObserver {
  readonly contentType: string;
  /** In the text format of Prometheus. */
  text(plans: readonly PlanStatus[]): Promise<string>;
}

const dayOutcomes = ['complete', 'incomplete', 'unchanged', 'revised', 'failed'] as const;
const durationBuckets = [1, 5, 15, 30, 60, 300, 900, 3600, 3 * 3600];

/** The metrics of the schedule for Prometheus; all names begin with `backup_report_`. */
export function createScheduleMetrics(
  plans: readonly string[],
  clock: Pick<ScheduleClock, 'nowMs'>,
): ScheduleMetrics {
  const registry = new Registry();
  const registers = [registry];
  const lastSuccess = new Gauge({
    name: 'backup_report_last_success_timestamp_seconds',
    help: 'When a pass last left every day as it should be, seconds since 1970.',
    labelNames: ['plan'],
    registers,
  });
  const lag = new Gauge({
    name: 'backup_report_day_lag_days',
    help: 'Days from the newest day with a report to yesterday; 1 until the settle delay is over.',
    labelNames: ['plan'],
    registers,
  });
  const { reports, durations, deliveries } = workMetrics(registers);
  const { missing, givenUp, leftBehind } = troubleMetrics(registers);
  for (const plan of plans) {
    for (const outcome of dayOutcomes) reports.inc({ plan, outcome }, 0);
    givenUp.inc({ plan }, 0);
  }

  return {
    contentType: registry.contentType,
    dayDone: (plan, outcome, seconds) => {
      reports.inc({ plan, outcome });
      if (seconds !== null) durations.observe({ plan }, seconds);
    },
    delivered: (plan, kinds) => {
      for (const kind of kinds) deliveries.inc({ plan, kind });
    },
    passDone: (plan, isFine, nowMs) => {
      if (isFine) lastSuccess.set({ plan }, Math.floor(nowMs / 1000));
    },
    passGivenUp: (plan) => givenUp.inc({ plan }),
    text: (statuses) => {
      for (const status of statuses) {
        const { name: plan, missingDays = null } = status;
        if (missingDays !== null) missing.set({ plan }, missingDays);
        leftBehind.set({ plan }, status.leftBehind ?? 0);
        const days = lagOf(status, clock.nowMs());
        if (days !== null) lag.set({ plan: status.name }, days);
      }
      return registry.metrics();
    },
  };
}

interface WorkMetrics {
  readonly reports: Counter<'plan' | 'outcome'>;
  readonly durations: Histogram<'plan'>;
  readonly deliveries: Counter<'plan' | 'kind'>;
}

/** What was done. */
function workMetrics(registers: Registry[]): WorkMetrics {
  const reports = new Counter({
    name: 'backup_report_reports_total',
    help: 'Days that were made, by outcome.',
    labelNames: ['plan', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'backup_report_day_duration_seconds',
    help: 'How long it took to make the report of a day.',
    labelNames: ['plan'],
    buckets: durationBuckets,
    registers,
  });
  const deliveries = new Counter({
    name: 'backup_report_deliveries_total',
    help: 'Mails and notices, by outcome.',
    labelNames: ['plan', 'kind'],
    registers,
  });
  return { reports, durations, deliveries };
}

interface TroubleMetrics {
  readonly missing: Gauge<'plan'>;
  readonly givenUp: Counter<'plan'>;
  readonly leftBehind: Gauge<'plan'>;
}

/** What was not done. */
function troubleMetrics(registers: Registry[]): TroubleMetrics {
  const missing = new Gauge({
    name: 'backup_report_missing_days',
    help: 'Days since the first report that have none, however long ago; 0 when none is missing.',
    labelNames: ['plan'],
    registers,
  });
  const givenUp = new Counter({
    name: 'backup_report_passes_given_up_total',
    help: 'Passes that did not end by their deadline.',
    labelNames: ['plan'],
    registers,
  });
  const leftBehind = new Gauge({
    name: 'backup_report_passes_left_behind',
    help: 'Passes that were given up and hang still.',
    labelNames: ['plan'],
    registers,
  });
  return { missing, givenUp, leftBehind };
}

/** A plan without any report in sight lags by at least its catch-up days. null: its archive was not asked yet. */
function lagOf(
  { timezone, newestDate, catchUpDays, isArchiveReached }: PlanStatus,
  nowMs: number,
): number | null {
  if (newestDate === null) return isArchiveReached === null ? null : catchUpDays;
  const yesterday = addDays(dateAt(nowMs, timezone), -1);
  return Math.max(0, daysBetween(newestDate, yesterday));
}
