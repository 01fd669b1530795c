import type { ReportHead } from '../model/report-head.js';
import { prepareRenderers } from './artefacts/prepare-renderers.js';
import type { Renderings } from './artefacts/renderings.js';
import { acknowledgeDay, commitDay } from './commit-day.js';
import { deliverDay, deliverKept } from './deliver-day.js';
import { type JudgedDay, type KeptReport, judgeDay } from './judge-day.js';
import { type DayReading, readDay } from './read-day.js';
import { type RenderedDay, renderDay } from './render-day.js';
import type { DayContext, DayResult } from './report-plan.js';
import { recallMemory } from './revisions/recall-memory.js';

/** A day of which nothing is archived yet. It keeps the report that it has, or gets the one that was rendered. */
export type PreparedDay<R extends ReportHead> = {
  readonly read: DayReading;
  readonly judged: JudgedDay<R>;
} & (
  | { readonly keeps: KeptReport; readonly renderings: null }
  | { readonly keeps: null; readonly renderings: Renderings<RenderedDay<R>> }
);

/** The story of one report day: it is read, judged and rendered, then committed and delivered. */
export async function runDay<R extends ReportHead>(context: DayContext<R>): Promise<DayResult<R>> {
  return publishDay(context, await prepareDay(context));
}

/** Writes nothing to the archive. */
async function prepareDay<R extends ReportHead>(context: DayContext<R>): Promise<PreparedDay<R>> {
  const { plan, request, ports } = context;
  const recalled = await recallMemory(ports.archive, plan, request.day, ports.log);
  stopWhereAsked(context);
  const read = await readDay(context, recalled);
  stopWhereAsked(context);
  prepareRenderers(ports.renderers, read.sources);
  const judged = await judgeDay(context, read);
  const { keeps } = judged;
  if (keeps !== null) return { read, judged, keeps, renderings: null };
  stopWhereAsked(context);
  const renderings = await renderDay(context, read, judged);
  stopWhereAsked(context);
  return { read, judged, keeps, renderings };
}

async function publishDay<R extends ReportHead>(
  context: DayContext<R>,
  { read, judged, keeps, renderings }: PreparedDay<R>,
): Promise<DayResult<R>> {
  const { report } = judged.conclusion;
  if (keeps !== null) {
    if (keeps.kind === 'unchanged') await acknowledgeDay(context, read);
    return deliverKept(context, keeps.revision, report, keeps.kind);
  }
  const committed = await commitDay(context, { read, judged, renderings });
  // Another process was first, with the same content.
  if (committed.kind === 'unchanged') return deliverKept(context, committed, report, 'unchanged');
  stopWhereAsked(context);
  return deliverDay(context, committed, report, renderings.current);
}

function stopWhereAsked<R extends ReportHead>({ request }: DayContext<R>): void {
  request.signal?.throwIfAborted();
}
