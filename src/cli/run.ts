import { loadConfiguration } from '../config/load.js';
import { addDays, dateAt, reportDayOf } from '../base/civil-dates.js';
import { Failure, explainError } from '../errors.js';
import { type Severity, severities } from '../reports/backup-compliance/model/policy.js';
import type { ReportDay } from '../model/report-day.js';
import { type DayResult, makeDailyReport } from '../day/make-daily-report.js';
import type { Heartbeat } from '../ports.js';
import { generationTime } from '../wiring/generation-time.js';
import { wireHeartbeat } from '../wiring/wire-channels.js';
import { wirePlan } from '../wiring/wire-plan.js';
import { type Output, createLog } from './output.js';
import { summarise } from './summary.js';

export interface RunOptions {
  readonly config: string;
  readonly date?: string;
  readonly json?: boolean;
  readonly failOn?: string;
  readonly logLevel: string;
}

/** `backup-report run`: one report day, yesterday by default. Returns the exit code. */
export async function run(options: RunOptions, output: Output): Promise<number> {
  const failOn = options.failOn === undefined ? undefined : parseFailOn(options.failOn);
  const loaded = await loadConfiguration(options.config);
  const log = await createLog(options.logLevel);
  const { plan, ports, timezone } = await wirePlan(loaded, log);
  const nowMs = ports.clock.nowMs();
  const day = dayFor(options.date ?? addDays(dateAt(nowMs, timezone), -1), timezone);
  const made = async (): Promise<DayResult> =>
    makeDailyReport(plan, day, generationTime(process.env, nowMs), ports, { retriesRefused: true });
  const result = await withHeartbeat(
    wireHeartbeat(loaded.configuration, log),
    `${plan.name} ${day.date}`,
    made,
  );
  output.answer(options.json === true ? JSON.stringify(answerOf(result)) : summarise(result));
  return exitCodeOf(result, failOn);
}

/** Tells who watches from outside that the job began, and how it ended. */
async function withHeartbeat(
  heartbeat: Heartbeat,
  what: string,
  make: () => Promise<DayResult>,
): Promise<DayResult> {
  await heartbeat.ping('start', what);
  try {
    const result = await make();
    const code = exitCodeOf(result);
    await heartbeat.ping(
      code === 0 ? 'success' : 'failure',
      `${what}: ${result.report.status}, exit ${code}`,
    );
    return result;
  } catch (error) {
    await heartbeat.ping('failure', `${what}: ${explainError(error)}`);
    throw error;
  }
}

/**
 * `non-compliant` or `non-compliant:high` -> the least severity that counts.
 *
 * @throws Failure('usage') for anything else
 */
function parseFailOn(text: string): Severity {
  const [, severity = 'low'] = /^non-compliant(?::([a-z]+))?$/.exec(text) ?? [undefined, ''];
  const known = severities.find((each) => each === severity);
  if (known !== undefined) return known;
  throw new Failure('usage', `--fail-on ${text}: not understood`, {
    hints: [`Write non-compliant, or with a severity: non-compliant:high (${severities.join(', ')}).`],
  });
}

/** @throws Failure('usage') for what is no date, or a date that the zone skipped */
export function dayFor(date: string, timezone: string): ReportDay {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(date) && addDays(date, 0) === date;
  if (!isDate) {
    throw new Failure('usage', `--date ${date}: not a date`, { hints: ['Write it as 2026-11-19.'] });
  }
  const day = reportDayOf(date, timezone);
  if (day === undefined) throw new Failure('usage', `--date ${date}: ${timezone} skipped this date`);
  return day;
}

/**
 * Exit codes of design section 8: a refused recipient weighs more than an incomplete report, and what is not known more than
 * what is not compliant. A waived resource is an accepted exception.
 */
export function exitCodeOf(
  { report, delivery, sliceDeliveries, notices }: DayResult,
  failOn?: Severity,
): number {
  if ([delivery, ...sliceDeliveries, ...notices].some((each) => each?.kind === 'refused')) return 4;
  if (report.status === 'INCOMPLETE') return 3;
  if (failOn === undefined) return 0;
  const counted = new Set(severities.slice(0, severities.indexOf(failOn) + 1));
  const fails = report.resources.some(
    ({ compliance, waiver, severity }) =>
      compliance === 'NON_COMPLIANT' && waiver === null && counted.has(severity),
  );
  return fails ? 5 : 0;
}

function answerOf(result: DayResult): object {
  const { report, revision, kind, location, artefacts, delivery, sliceDeliveries, notices } = result;
  const { plan, status, statusReasons, totals, jobTotals, followUp, findings } = report;
  const { date } = report.reportDay;
  const verdict = { plan, date, status, statusReasons, totals, jobTotals, followUp, findings };
  return Object.assign(verdict, { revision, kind, location, artefacts, delivery, sliceDeliveries, notices });
}
