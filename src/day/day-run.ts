import type { ReportHead } from '../model/report-head.js';
import type { StagedArtefact } from './artefacts/describe-artefact.js';
import { prepareRenderers } from './artefacts/prepare-renderers.js';
import type { Renderings } from './artefacts/renderings.js';
import { sha256Hex } from '../base/digest.js';
import { artefactNames } from '../model/artefact-names.js';
import { acknowledgeDay, commitDay } from './commit-day.js';
import { deliverDay, deliverKept } from './deliver-day.js';
import { type LogStanding, type LoggedCheckpoint, keepLog, logCommitted } from './log/keep-log.js';
import { type JudgedDay, type KeptReport, judgeDay } from './judge-day.js';
import { type DayReading, readDay } from './read-day.js';
import { type RenderedDay, renderDay, writeDay } from './render-day.js';
import type { DayContext, DayResult } from './report-plan.js';
import { type CommitResult, manifestBytes } from './revisions/commit-revision.js';
import { isPending, settledPrevious } from './revisions/pending-report.js';
import type { CommittedRevision } from './revisions/read-revisions.js';
import { recallMemory } from './revisions/recall-memory.js';
import { mustHaveItsName, takeName } from './revisions/renamed-plan.js';

/** A day whose report is known. */
export interface OpenDay<R extends ReportHead> {
  readonly read: DayReading;
  readonly judged: JudgedDay<R>;
}

/** A day of which nothing is archived yet. It keeps the report that it has, or gets the one that was rendered. */
export type PreparedDay<R extends ReportHead> = OpenDay<R> &
  (
    | { readonly keeps: KeptReport; readonly renderings: null }
    | {
        readonly keeps: null;
        readonly renderings: Renderings<RenderedDay<R>>;
        /** Archived before the day is rendered; null: it is rendered. */
        readonly documents: readonly StagedArtefact[] | null;
      }
  );

/** The story of one report day: it is read and judged, then rendered, then committed and delivered. */
export async function runDay<R extends ReportHead>(context: DayContext<R>): Promise<DayResult<R>> {
  const open = await openDay(context);
  const prepared = await prepareDay(context, open);
  return publishDay(context, prepared);
}

/** Reads and judges the day. Writes nothing to the archive but that the plan was renamed. */
export async function openDay<R extends ReportHead>(context: DayContext<R>): Promise<OpenDay<R>> {
  const { plan, request, ports } = context;
  const { pending = [] } = request;
  const formerPlan = await takeName(plan, request.day.date, ports);
  const recalled = await recallMemory(
    ports.archive,
    { ...plan, pending, formerPlan },
    request.day,
    ports.log,
  );
  await mustHaveItsName(plan.name, request.day.date, ports.archive);
  stopWhereAsked(context);
  const read = await readDay(context, recalled);
  stopWhereAsked(context);
  prepareRenderers(ports.renderers, read.sources);
  return { read, judged: await judgeDay(context, read) };
}

/** Renders the day, unless it keeps the report that it has. Writes nothing to the archive. */
export async function prepareDay<R extends ReportHead>(
  context: DayContext<R>,
  { read, judged }: OpenDay<R>,
): Promise<PreparedDay<R>> {
  const { keeps } = judged;
  if (keeps !== null) return { read, judged, keeps, renderings: null };
  stopWhereAsked(context);
  const rendered =
    context.request.whenPreviousDone === undefined
      ? { renderings: await renderDay(context, read, judged), documents: null }
      : await writeDay(context, read, judged);
  stopWhereAsked(context);
  return { read, judged, keeps, ...rendered };
}

/**
 * Commits the day and delivers it. All days before it are done.
 *
 * @throws OutdatedMemory where the report that it goes on from is not what that day ended with
 */
export async function publishDay<R extends ReportHead>(
  context: DayContext<R>,
  prepared: PreparedDay<R>,
): Promise<DayResult<R>> {
  const { read, judged, keeps } = prepared;
  const { report } = judged.conclusion;
  const previous = (): Promise<CommittedRevision | null> => previousOf(context, read);
  if (keeps !== null) {
    await previous();
    if (keeps.kind === 'unchanged') await acknowledgeDay(context, read);
    return deliverKept(context, keeps.revision, report, {
      kind: keeps.kind,
      log: await catchUp(context, read),
    });
  }
  const { renderings, documents } = prepared;
  const log = await catchUp(context, read);
  const committed = await commitDay(context, { read, judged, renderings, documents, previous });
  // Another process was first, with the same content.
  if (committed.kind === 'unchanged')
    return deliverKept(context, committed, report, { kind: 'unchanged', log });
  const logged = await logDay(context, committed, log);
  stopWhereAsked(context);
  return deliverDay(context, committed, report, { rendered: renderings.current, logged });
}

/** Gives their leaves to revisions around the day that have none yet. The day's own comes after its manifest. */
async function catchUp<R extends ReportHead>(
  { plan, request, ports }: DayContext<R>,
  { recalled: { previous } }: DayReading,
): Promise<LogStanding> {
  if (request.catchesUpLog === false) return keepLog(plan.name, 'none', ports);
  const before = previous === null ? [] : [previous.manifest.date];
  return keepLog(plan.name, { monthsOf: [request.day.date, ...before] }, ports);
}

function logDay<R extends ReportHead>(
  { plan, ports }: DayContext<R>,
  { revision, prefix, manifest }: CommitResult,
  standing: LogStanding,
): Promise<LoggedCheckpoint> {
  const manifestKey = `${prefix}${artefactNames.manifest}`;
  const manifestSha256 = sha256Hex(manifestBytes(manifest));
  const committed = { plan: plan.name, date: manifest.date, revision, prefix, manifestKey, manifestSha256 };
  return logCommitted(committed, standing, ports);
}

/** What the day before ended with. A day that is made alone goes on from what it found, whatever others write meanwhile. */
async function previousOf<R extends ReportHead>(
  { plan, request, ports }: DayContext<R>,
  { recalled }: DayReading,
): Promise<CommittedRevision | null> {
  const { previous } = recalled;
  await request.whenPreviousDone?.();
  if (previous === null) return null;
  if (request.pending === undefined && !isPending(previous)) return previous;
  return settledPrevious(ports.archive, isPending(previous) ? plan.name : previous.manifest.plan, previous);
}

function stopWhereAsked<R extends ReportHead>({ request }: DayContext<R>): void {
  request.signal?.throwIfAborted();
}
