import { loadConfiguration } from '../config/load.js';
import { addDays, dateAt, reportDayOf } from '../core/report-day.js';
import { Failure } from '../errors.js';
import type { ReportDay } from '../model/report-day.js';
import { type DayResult, makeDailyReport } from '../pipeline.js';
import { generationTime, wirePlan } from '../wiring.js';
import { type Output, createLog } from './output.js';
import { summarise } from './summary.js';

export interface RunOptions {
  readonly config: string;
  readonly date?: string;
  readonly json?: boolean;
  readonly logLevel: string;
}

/** `backup-report run`: one report day, yesterday by default. Returns the exit code. */
export async function run(options: RunOptions, output: Output): Promise<number> {
  const loaded = await loadConfiguration(options.config);
  const { plan, ports, timezone } = await wirePlan(loaded, await createLog(options.logLevel));
  const nowMs = ports.clock.nowMs();
  const day = dayFor(options.date ?? addDays(dateAt(nowMs, timezone), -1), timezone);
  const result = await makeDailyReport(plan, day, generationTime(process.env, nowMs), ports);
  output.answer(options.json === true ? JSON.stringify(answerOf(result)) : summarise(result));
  return exitCodeOf(result);
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

/** Exit codes of design section 8: a refused recipient weighs more than an incomplete report. */
export function exitCodeOf({ report, delivery }: DayResult): number {
  if (delivery?.kind === 'refused') return 4;
  return report.status === 'INCOMPLETE' ? 3 : 0;
}

function answerOf({ report, revision, kind, location, artefacts, delivery }: DayResult): object {
  const { plan, status, statusReasons, totals, jobTotals } = report;
  const { date } = report.reportDay;
  const verdict = { plan, date, status, statusReasons, totals, jobTotals };
  return Object.assign(verdict, { revision, kind, location, artefacts, delivery });
}
