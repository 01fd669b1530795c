import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../errors.js';
import { artefactNames, partPageName, partWorkbookName } from '../../model/artefact-names.js';
import type { Manifest } from '../../model/manifest.js';
import type { ReportHead } from '../../model/report-head.js';
import type { Archive } from '../../ports/archive.js';
import type { ArchivedPart } from '../../reports/report-kind.js';
import type { StagedArtefact } from '../artefacts/describe-artefact.js';
import type { RenderedPart } from '../artefacts/rendered-part.js';
import { asStorageFailure, inWorkspace } from '../artefacts/workspace.js';
import { readKeptCheckpoint } from '../log/checkpoint-file.js';
import { keepLog } from '../log/keep-log.js';
import type { CommittedRevision } from '../revisions/read-revisions.js';
import { unzipLines } from '../revisions/unzip-lines.js';
import { owingPlan, readDeliveries } from './day-state.js';
import { type Deliveries, type DeliveryOptions, deliverReport, undeliverable } from './deliver-report.js';
import { logUnreadable } from './delivery-files.js';
import type { DeliverableRevision, DeliveryPlan, DeliveryPorts } from './delivery-context.js';
import {
  type CheckedRevision,
  findWhole,
  readChecked,
  readCheckedRevision,
  unreadableArtefact,
} from './read-checked.js';
import { type LogFaults, withLogFaults } from './log-faults.js';
import { type ReportPlace, reportPlace } from './report-place.js';
import { withholdUnroutedParts } from './withhold-delivery.js';

export type Redeliveries = Deliveries & ReportPlace & { readonly revision: number };

/**
 * Delivers the newest committed revision of a day from the archive to everybody who does not have it: for a day whose
 * mail never went out, and for a resend by hand. Where the ledger says that everything is done, only the ledger is read.
 * By routes that were configured after it was made it goes only where a person asks for the day.
 *
 * @throws Failure('usage') for a day without a report, Failure('storage') for artefacts that do not match the manifest
 */
export async function redeliver<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  date: string,
  ports: DeliveryPorts<R>,
  options: DeliveryOptions = {},
): Promise<Redeliveries> {
  const isByHand = options.byHand !== undefined;
  const isAsked = isByHand || options.retriesRefused === true;
  const newest = await findWhole(ports.archive, plan.name, date);
  const owing = newest === null || isAsked ? { plan, ports } : owingRoutes(plan, ports, newest.manifest);
  const done = isByHand || newest === null ? null : await doneBefore(owing, newest, options);
  if (done !== null) return done;
  return inWorkspace(async (workspace) => {
    const { loaded, log } = await withCheckpoint(
      plan.name,
      date,
      ports,
      await loadRevision(owing.plan, date, ports.archive, workspace),
    );
    if (!isByHand) await withholdUnroutedParts(owing.plan, loaded, owing.ports);
    const deliveries = await deliverReport(owing.plan, loaded, owing.ports, options);
    const place = reportPlace(plan, ports.archive, loaded.prefix);
    return withLogFaults({ ...deliveries, revision: loaded.revision, ...place }, log);
  });
}

/** A revision without a checkpoint gets its leaf first, and what else is missing in the log. */
async function withCheckpoint<R extends ReportHead>(
  plan: string,
  date: string,
  ports: DeliveryPorts<R>,
  loaded: DeliverableRevision<R>,
): Promise<{ readonly loaded: DeliverableRevision<R>; readonly log: LogFaults }> {
  const { archive } = ports;
  const kept = await readKeptCheckpoint(archive, loaded.prefix);
  if (kept !== null) return { loaded: { ...loaded, checkpoint: kept }, log: { faults: [] } };
  const log = await keepLog(plan, { monthsOf: [date] }, ports);
  return { loaded: { ...loaded, checkpoint: await readKeptCheckpoint(archive, loaded.prefix) }, log };
}

interface Delivering<R extends ReportHead> {
  readonly plan: DeliveryPlan<R>;
  readonly ports: DeliveryPorts<R>;
}

function owingRoutes<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  ports: DeliveryPorts<R>,
  manifest: Pick<Manifest, 'routes'>,
): Delivering<R> {
  const { mail, channels } = owingPlan({ ...plan, channels: ports.channels }, manifest);
  return { plan: { ...plan, mail }, ports: { ...ports, channels } };
}

/** The same, but where the report cannot be read from the archive, that is the result of each of its routes. */
export async function deliverArchived<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  date: string,
  ports: DeliveryPorts<R>,
  options: Omit<DeliveryOptions, 'byHand'> = {},
): Promise<Deliveries> {
  try {
    return await redeliver(plan, date, ports, options);
  } catch (error) {
    return undelivered(plan, date, ports, error);
  }
}

/** The result of each route where the report cannot be delivered. Throws an error that is none of the archive's. */
export function undelivered<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  date: string,
  ports: DeliveryPorts<R>,
  error: unknown,
): Deliveries {
  if (!(error instanceof Failure)) throw error;
  const fields = { plan: plan.name, date, reason: error.message };
  ports.log.warn(fields, 'delivery: the report cannot be delivered');
  return undeliverable(plan, ports, error);
}

/** null: there is something left to deliver. */
async function doneBefore<R extends ReportHead>(
  { plan, ports: { archive, channels, log } }: Delivering<R>,
  { revision, prefix, manifest: { date } }: CommittedRevision,
  { retriesRefused = false }: DeliveryOptions,
): Promise<Redeliveries | null> {
  const delivering = { ...plan, channels };
  const { isDone, hasOpenRefusal, mail, unreadable } = await readDeliveries(
    archive,
    delivering,
    date,
    revision,
  );
  if (!isDone || (retriesRefused && hasOpenRefusal)) return null;
  unreadable.forEach(logUnreadable(log));
  const location = mail?.location ?? null;
  const delivery = plan.mail === null ? null : ({ kind: 'already-delivered', location } as const);
  const place = reportPlace(plan, archive, prefix);
  return { delivery, sliceDeliveries: [], notices: [], revision, ...place };
}

/**
 * Reads the newest revision of a day back into a workspace, ready to be delivered. Its parts follow from today's rules;
 * a part whose workbook is not in the archive has none.
 */
async function loadRevision<R extends ReportHead>(
  plan: DeliveryPlan<R>,
  date: string,
  archive: Archive,
  workspace: string,
): Promise<DeliverableRevision<R>> {
  const found = await readCheckedRevision(archive, plan, date);
  if (found === null) throw noReport(archive, plan.name, date);
  const { report, revision, prefix } = found;
  const { supersedes, templateFaults = [] } = found.manifest;
  const common = { report, revision, prefix, supersedes, templateFaults };
  if (plan.mail === null) return { ...common, workbook: null, parts: [] };
  const stage = (name: string) => stageArtefact(archive, found, name, workspace);
  const parts: RenderedPart<R>[] = [];
  for (const part of await readParts(plan, found, archive)) {
    const hasPage = hasArtefact(found, partPageName(part.slug));
    const workbook = await stage(partWorkbookName(part.slug));
    parts.push({ ...part, workbook, ...(hasPage ? {} : { page: null }) });
  }
  return { ...common, workbook: await stage(artefactNames.workbook), parts };
}

async function readParts<R extends ReportHead>(
  { kind }: DeliveryPlan<R>,
  found: CheckedRevision<R>,
  archive: Archive,
): Promise<readonly ArchivedPart<R>[]> {
  async function* lines(): AsyncGenerator<string> {
    yield* unzipLines(await readChecked(archive, found, kind.linesFile));
  }
  try {
    return await kind.partsOf(found.report, lines);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw unreadableArtefact(archive, `${found.prefix}${kind.linesFile}`, error);
  }
}

function hasArtefact({ manifest }: CheckedRevision<ReportHead>, name: string): boolean {
  return manifest.artefacts.some((artefact) => artefact.name === name);
}

/** null: the revision has no artefact of this name. */
async function stageArtefact(
  archive: Archive,
  found: CheckedRevision<ReportHead>,
  name: string,
  workspace: string,
): Promise<StagedArtefact | null> {
  const entry = found.manifest.artefacts.find((artefact) => artefact.name === name);
  if (entry === undefined) return null;
  const bytes = await readChecked(archive, found, name);
  const path = join(workspace, name);
  try {
    await writeFile(path, bytes);
  } catch (error) {
    throw asStorageFailure(error, workspace);
  }
  return { ...entry, path };
}

function noReport(archive: Archive, plan: string, date: string): Failure {
  const where = archive.locate(`${plan}/`);
  return new Failure('usage', `--date ${date}: there is no report of this day in the archive: ${where}`, {
    hints: [`Make one with \`backup-report run --date ${date}\`.`],
  });
}
