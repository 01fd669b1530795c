import { addDays, dateAt } from '../base/civil-dates.js';
import { begunDayFor } from '../model/named-day.js';
import { makeDailyReport } from '../day/make-daily-report.js';
import type { DayResult } from '../day/report-plan.js';
import type { Log } from '../ports/log.js';
import { generationTime } from '../wiring/generation-time.js';
import { loadPlan, planOf } from '../wiring/load-plan.js';
import { shippedKinds, withKinds } from '../wiring/report-kinds.js';
import type { WirableKind } from '../wiring/wirable-kind.js';
import { wirePlan } from '../wiring/wire-plan.js';
import type { WrittenConfiguration } from './define.js';

/** What a program asks for. */
export interface DailyReportRequest {
  /** The path of a configuration file, or what one would say. */
  readonly configuration: string | WrittenConfiguration;
  /** What relative paths of a configuration without a file are relative to. Default: the folder of the process. */
  readonly directory?: string;
  /** Report day, such as 2026-11-19. Default: yesterday in the zone of the plan. */
  readonly date?: string;
  /** Default: nothing is logged. */
  readonly log?: Log;
  /** Kinds of report of a company's own, beside those that ship. */
  readonly kinds?: readonly WirableKind[];
}

const noLog: Log = { info: () => undefined, warn: () => undefined };

/**
 * Makes, archives and delivers the report of one day, as `backup-report run` does. A report that is INCOMPLETE, and a delivery that
 * failed, are results and not thrown: look at `report.status` and `failures`.
 *
 * @throws Failure for a configuration that cannot be used, and for an archive that cannot be written
 */
export async function makeReportOfPlan({
  configuration,
  directory = process.cwd(),
  date,
  log = noLog,
  kinds = [],
}: DailyReportRequest): Promise<DayResult> {
  const known = withKinds(shippedKinds, kinds);
  const loaded =
    typeof configuration === 'string'
      ? await loadPlan(configuration, { known })
      : await planOf(configuration, directory, { known });
  const { plan, ports, timezone } = await wirePlan(loaded, log);
  const nowMs = ports.clock.nowMs();
  const day = begunDayFor(date ?? addDays(dateAt(nowMs, timezone), -1), timezone, nowMs, 'date');
  const generatedAtMs = generationTime(process.env, nowMs, day);
  return makeDailyReport(plan, { day, generatedAtMs, retriesRefused: true }, ports);
}
