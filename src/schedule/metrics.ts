import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { addDays, dateAt, daysBetween } from '../base/civil-dates.js';
import type { PlanStatus } from './schedule-status.js';
import type { NewestReport, ScheduleClock, ScheduleObserver } from './scheduled-plan.js';

export interface ScheduleMetrics extends ScheduleObserver {
  readonly contentType: string;
  /** In the text format of Prometheus. */
  text(plans: readonly PlanStatus[]): Promise<string>;
}

const dayOutcomes = ['complete', 'incomplete', 'unchanged', 'revised', 'failed'] as const;
/** So that a rate is right from the first one on. */
const deliveryKinds = ['delivered', 'already-delivered', 'withheld', 'refused', 'failed'] as const;
const durationBuckets = [1, 5, 15, 30, 60, 300, 900, 3600, 3 * 3600];

/** The metrics of the schedule for Prometheus; all names begin with `backup_report_`. */
export function createScheduleMetrics(
  plans: readonly string[],
  clock: Pick<ScheduleClock, 'nowMs'>,
  version = 'unknown',
): ScheduleMetrics {
  const registry = new Registry();
  const registers = [registry];
  const { lastSuccess, lag } = timeMetrics(registers);
  const { reports, durations, deliveries } = workMetrics(registers);
  const { missing, givenUp, leftBehind } = troubleMetrics(registers);
  const showNewest = newestMetrics(registers);
  showProcess(version, clock.nowMs(), registers);
  /** Plans of which a pass has ended well since the start. */
  const succeeded = new Set<string>();
  /** Plans of which the newest report is INCOMPLETE: a pass that leaves it so is no success. */
  const incomplete = new Set<string>();
  for (const plan of plans) {
    for (const outcome of dayOutcomes) reports.inc({ plan, outcome }, 0);
    for (const kind of deliveryKinds) deliveries.inc({ plan, kind }, 0);
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
      if (!isFine || incomplete.has(plan)) return;
      succeeded.add(plan);
      lastSuccess.set({ plan }, Math.floor(nowMs / 1000));
    },
    newestReport: (plan, report) => {
      showNewest(plan, report);
      if (report.isComplete) incomplete.delete(plan);
      else incomplete.add(plan);
      if (succeeded.has(plan) || report.lastCompleteMs === null) return;
      lastSuccess.set({ plan }, Math.floor(report.lastCompleteMs / 1000));
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

/** How long ago. */
function timeMetrics(registers: Registry[]): {
  readonly lastSuccess: Gauge<'plan'>;
  readonly lag: Gauge<'plan'>;
} {
  const lastSuccess = new Gauge({
    name: 'backup_report_last_success_timestamp_seconds',
    help: 'When a pass last left every day as it should be; after a restart, when the newest COMPLETE report was made.',
    labelNames: ['plan'],
    registers,
  });
  const lag = new Gauge({
    name: 'backup_report_reports_behind',
    help: 'Report days from the newest one with a report to yesterday; 1 until the settle delay is over.',
    labelNames: ['plan'],
    registers,
  });
  return { lastSuccess, lag };
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

/** What runs is in the labels of a metric that is always 1. Since when: counters that are not 0 soon after count from there. */
function showProcess(version: string, startMs: number, registers: Registry[]): void {
  new Gauge({
    name: 'backup_report_build_info',
    help: 'Always 1; the version of the program and of Node.js that run.',
    labelNames: ['version', 'node'],
    registers,
  }).set({ version, node: process.versions.node }, 1);
  new Gauge({
    name: 'backup_report_start_timestamp_seconds',
    help: 'When this process began to count.',
    registers,
  }).set(Math.floor(startMs / 1000));
}

/** What the newest report in the archive says. Returns what shows it. */
function newestMetrics(registers: Registry[]): (plan: string, report: NewestReport) => void {
  const gauge = <T extends string>(name: string, help: string, ...labels: T[]): Gauge<T | 'plan'> =>
    new Gauge({ name: `backup_report_${name}`, help, labelNames: ['plan', ...labels], registers });
  const cutOff = gauge('newest_report_cutoff_timestamp_seconds', 'End of the day of the newest report.');
  const made = gauge('newest_report_timestamp_seconds', 'When the newest report was made.');
  const complete = gauge('newest_report_complete', 'Whether the newest report is COMPLETE: 1 or 0.');
  const outcomes = gauge('resources', 'Resources of the newest report, by outcome.', 'outcome');
  const verdicts = gauge('resources_judged', 'Resources of the newest report, by verdict.', 'verdict');
  const severe = gauge(
    'resources_noncompliant',
    'Non-compliant resources of the newest report that are not waived, by severity.',
    'severity',
  );
  /** An outcome that no resource has any more is 0, not what it was. */
  const seen = new Map<string, Set<string>>();
  return (plan, report) => {
    cutOff.set({ plan }, report.cutOffMs / 1000);
    made.set({ plan }, report.generatedAtMs / 1000);
    complete.set({ plan }, report.isComplete ? 1 : 0);
    const known = seen.get(plan) ?? new Set(Object.keys(report.byOutcome));
    seen.set(plan, new Set([...known, ...Object.keys(report.byOutcome)]));
    for (const outcome of seen.get(plan) ?? [])
      outcomes.set({ plan, outcome }, report.byOutcome[outcome] ?? 0);
    for (const [verdict, number] of Object.entries(report.byVerdict)) verdicts.set({ plan, verdict }, number);
    for (const [severity, number] of Object.entries(report.bySeverity))
      severe.set({ plan, severity }, number);
  };
}

/** What was not done. */
function troubleMetrics(registers: Registry[]): TroubleMetrics {
  const missing = new Gauge({
    name: 'backup_report_missing_reports',
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
