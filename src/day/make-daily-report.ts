import { Failure } from '../errors.js';
import type { ReportHead } from '../model/report-head.js';
import { inWorkspace } from './artefacts/workspace.js';
import { runDay } from './day-run.js';
import type { DayPorts, DayRequest, DayResult, ReportPlan } from './report-plan.js';
import { OutdatedReport } from './revisions/commit-revision.js';
import { OutdatedMemory } from './revisions/pending-report.js';

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
  try {
    return await inWorkspace((workspace) => runDay({ plan, request, ports, workspace }));
  } catch (error) {
    return makeAgain(plan, request, ports, error);
  }
}

/**
 * Makes a day again that was outdated before it was archived, from what the archive and the sources have now.
 *
 * @param error why it was not archived; any other error is thrown
 */
export async function makeAgain<R extends ReportHead>(
  plan: ReportPlan<R>,
  outdated: DayRequest<R>,
  ports: DayPorts<R>,
  error: unknown,
): Promise<DayResult<R>> {
  const { readAhead: _, ...alone } = outdated;
  const request = { ...alone, pending: undefined, whenPreviousDone: undefined };
  let latest = error;
  for (let readings = 2; readings <= maxReadings; readings += 1) {
    sayOutdated(latest, { plan: plan.name, date: request.day.date }, ports);
    try {
      return await inWorkspace((workspace) => runDay({ plan, request, ports, workspace }));
    } catch (again) {
      latest = again;
    }
  }
  sayOutdated(latest, { plan: plan.name, date: request.day.date }, ports);
  throw alwaysOutdated(request.day.date);
}

/** How often a day is read while other processes archive other revisions of it. */
const maxReadings = 5;

/** Throws errors of any other sort. */
function sayOutdated(
  error: unknown,
  fields: { readonly plan: string; readonly date: string },
  { log }: Pick<DayPorts, 'log'>,
): void {
  if (error instanceof OutdatedReport) {
    const { newest } = error;
    log.info({ ...fields, newest }, 'archive: another process was first; the day is read again');
  } else if (error instanceof OutdatedMemory) {
    const { date: before } = error;
    log.info({ ...fields, before }, 'archive: the day before ended otherwise; the day is read again');
  } else throw error;
}

function alwaysOutdated(date: string): Failure {
  return new Failure(
    'storage',
    `the report of ${date} was not archived: other processes archived a revision each time that the day was read`,
    { hints: ['Make sure that only one schedule runs this plan, and run again.'], retryable: true },
  );
}
