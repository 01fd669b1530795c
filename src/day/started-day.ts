import { rm } from 'node:fs/promises';
import type { ReportHead } from '../model/report-head.js';
import { jsonBytes } from './artefacts/write-json.js';
import { makeWorkspace } from './artefacts/workspace.js';
import { type OpenDay, type PreparedDay, openDay, prepareDay, publishDay } from './day-run.js';
import { makeAgain } from './make-daily-report.js';
import type { DayContext, DayPorts, DayRequest, DayResult, ReportPlan } from './report-plan.js';
import { OutdatedReport } from './revisions/commit-revision.js';
import { OutdatedMemory, type PendingReport } from './revisions/pending-report.js';

/** A day that is made while days before it are not done. */
export interface StartedDay<R extends ReportHead> {
  /** Once it is judged: its report for the days after it; null: what the archive has is all that they go on from. Never rejects. */
  readonly judged: Promise<PendingReport | null>;
  /** Once nothing of it is rendered any more. Never rejects. */
  readonly rendered: Promise<void>;
  /**
   * Commits and delivers it. To be called once, when all days before it are done. It is made again where one of them ended
   * otherwise than this one was judged from.
   *
   * @throws VetoedReport where the request vetoes the report, and whatever went wrong meanwhile
   */
  finish(): Promise<DayResult<R>>;
  /** Waits until nothing of it runs any more, and removes its files. */
  discard(): Promise<void>;
}

/**
 * Starts to make a day: reads and judges it, and renders it.
 *
 * @param mayRender once the days before it are rendered: one day at a time
 */
export function startDay<R extends ReportHead>(
  plan: ReportPlan<R>,
  request: DayRequest<R>,
  ports: DayPorts<R>,
  mayRender: Promise<void>,
): StartedDay<R> {
  const folder = makeWorkspace();
  const context = folder.then((workspace): DayContext<R> => ({ plan, request, ports, workspace }));
  const open = context.then(openDay);
  const prepared = prepareInTurn(context, open, mayRender);
  const rendered = prepared.then(
    () => undefined,
    () => undefined,
  );
  return {
    judged: open.then(
      (day) => pendingReport(day, plan.kind),
      () => null,
    ),
    rendered,
    finish: async () => {
      try {
        return await publishDay(await context, await prepared);
      } catch (error) {
        if (!(error instanceof OutdatedMemory || error instanceof OutdatedReport)) throw error;
        return makeAgain(plan, request, ports, error);
      }
    },
    discard: async () => {
      await rendered;
      const path = await folder.catch(() => null);
      if (path !== null) await rm(path, { recursive: true, force: true });
    },
  };
}

async function prepareInTurn<R extends ReportHead>(
  context: Promise<DayContext<R>>,
  open: Promise<OpenDay<R>>,
  mayRender: Promise<void>,
): Promise<PreparedDay<R>> {
  const day = await open;
  await mayRender;
  return prepareDay(await context, day);
}

function pendingReport<R extends ReportHead>(
  { judged }: OpenDay<R>,
  { memory }: ReportPlan<R>['kind'],
): PendingReport | null {
  const { conclusion, contentDigest, keeps } = judged;
  if (keeps !== null) return null;
  const { report, memoryLines = [] } = conclusion;
  const { status, reportDay } = report;
  return {
    revision: null,
    manifest: { date: reportDay.date, status, contentDigest },
    document: () => jsonBytes(report),
    memoryLines: () => (memory?.linesFile === undefined ? null : textLines(memoryLines)),
  };
}

async function* textLines(items: Iterable<object>): AsyncGenerator<string> {
  for (const item of items) yield JSON.stringify(item);
}
