import { Failure } from '../errors.js';
import type { ReportHead } from '../model/report-head.js';
import { inWorkspace } from './artefacts/workspace.js';
import { runDay } from './day-run.js';
import type { DayPorts, DayRequest, DayResult, ReportPlan } from './report-plan.js';
import { OutdatedReport } from './revisions/commit-revision.js';

/**
 * Makes the report of one day, archives it, sends the mail and notifies the channels.
 *
 * A day that has a report gets another revision only if the new one says something different.
 *
 * @throws VetoedReport where the request vetoes the report, before anything is archived
 */
export async function makeDailyReport<R extends ReportHead>(
  plan: ReportPlan<R>,
  request: DayRequest<R>,
  ports: DayPorts<R>,
): Promise<DayResult<R>> {
  const { readAhead: _, ...again } = request;
  for (let readings = 1; readings <= maxReadings; readings += 1) {
    const asked = readings === 1 ? request : again;
    try {
      return await inWorkspace((workspace) => runDay({ plan, request: asked, ports, workspace }));
    } catch (error) {
      if (!(error instanceof OutdatedReport)) throw error;
      const fields = { plan: plan.name, date: request.day.date, newest: error.newest };
      ports.log.info(fields, 'archive: another process was first; the day is read again');
    }
  }
  throw alwaysOutdated(request.day.date);
}

/** How often a day is read while other processes archive other revisions of it. */
const maxReadings = 5;

function alwaysOutdated(date: string): Failure {
  return new Failure(
    'storage',
    `the report of ${date} was not archived: other processes archived a revision each time that the day was read`,
    { hints: ['Make sure that only one schedule runs this plan, and run again.'], retryable: true },
  );
}
