import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Rules, openRuleBook } from '../../reports/backup-compliance/rules/rule-book.js';
import { routeResources, sliceReport } from '../../reports/backup-compliance/document/slice-report.js';
import { Failure } from '../../errors.js';
import type { DailyReport } from '../../reports/backup-compliance/model/daily-report.js';
import type { Language } from '../../model/language.js';
import type { Archive } from '../../ports.js';
import { readDeliveries, sliceSlugs } from './day-state.js';
import {
  type Deliveries,
  type DeliverableRevision,
  type DeliveryOptions,
  type DeliveryPlan,
  type DeliveryPorts,
  type RenderedSlice,
  deliverReport,
} from './deliver-report.js';
import { mailRoute, messageIdOf } from './delivery-files.js';
import { openLedger } from './delivery-ledger.js';
import { jobsOfSlices } from './delivery-slice-jobs.js';
import type { StagedArtefact } from '../artefacts/describe-artefact.js';
import { type CommittedRevision, findNewestRevision } from '../revisions/read-revisions.js';
import { asStorageFailure } from '../artefacts/render-artefacts.js';

/** What of a plan says how its archived reports are told of. */
export interface ArchivedPlan extends DeliveryPlan {
  readonly name: string;
  readonly rules: Rules;
  readonly language: Language;
}

/** A committed revision as the archive holds it, checked against its manifest. */
export interface CheckedRevision extends CommittedRevision {
  readonly report: DailyReport;
}

/** What is needed to deliver it, its workbooks as files of a working directory. */
export interface LoadedRevision extends DeliverableRevision, Pick<CommittedRevision, 'manifest'> {}

const workbookName = 'report.xlsx';
const jobsName = 'jobs.ndjson.gz';

/**
 * The newest committed revision of a day with its report; null where there is none.
 *
 * @throws Failure('storage') for a report that is not as its manifest says
 */
export async function readCheckedRevision(
  archive: Archive,
  plan: string,
  date: string,
): Promise<CheckedRevision | null> {
  const found = await findNewestRevision(archive, plan, date);
  if (found === null) return null;
  const report = parseReport(await readChecked(archive, found, 'report.json'));
  if (report === null) throw unusable(archive, `${found.prefix}report.json`, 'this version cannot read it');
  return { ...found, report };
}

/** The bytes of an artefact. @throws Failure('storage') where they are not those that the manifest names */
export async function readChecked(
  archive: Archive,
  { prefix, manifest }: CommittedRevision,
  name: string,
): Promise<Uint8Array> {
  const key = `${prefix}${name}`;
  const bytes = await archive.read(key);
  if (bytes === null) throw unusable(archive, key, 'it is not there');
  const expected = manifest.artefacts.find((artefact) => artefact.name === name)?.sha256;
  const isSame = createHash('sha256').update(bytes).digest('hex') === expected;
  if (!isSame) throw unusable(archive, key, 'it is not the one that its manifest names');
  return bytes;
}

/**
 * Reads the newest revision of a day back into a workspace, ready to be delivered. Its resources are routed to slices by
 * the rules of today; a slice that the archive has no workbook of comes without one.
 *
 * @throws Failure('usage') for a day that is not there, Failure('storage') for what is not as the manifest says
 */
export async function loadRevision(
  archive: Archive,
  plan: ArchivedPlan,
  date: string,
  workspace: string,
): Promise<LoadedRevision> {
  const found = await readCheckedRevision(archive, plan.name, date);
  if (found === null) {
    throw new Failure(
      'usage',
      `--date ${date}: there is no report of this day in the archive: ${archive.locate(`${plan.name}/`)}`,
      {
        hints: [`Make one with \`backup-report run --date ${date}\`.`],
      },
    );
  }
  const { report, manifest, revision, prefix } = found;
  const stage = (name: string): Promise<StagedArtefact | null> =>
    plan.mail === null ? Promise.resolve(null) : stageArtefact(archive, found, name, workspace);
  const routed =
    plan.mail === null
      ? []
      : routeResources(report.resources, openRuleBook(plan.rules), plan.language).slices;
  const jobs =
    routed.length === 0 ? [] : await readJobs(archive, found, (bytes) => jobsOfSlices(bytes, routed));
  const slices: RenderedSlice[] = [];
  for (const [index, slice] of routed.entries()) {
    const part = sliceReport(report, slice, jobs[index] ?? []);
    slices.push({ slice, report: part, workbook: await stage(`slice-${slice.slug}.xlsx`) });
  }
  const { supersedes } = manifest;
  return { report, revision, prefix, supersedes, manifest, workbook: await stage(workbookName), slices };
}

/**
 * Delivers the newest committed revision of a day from the archive to all who do not have it: for a day whose mail never
 * went out, and for a resend by hand. Where the ledger says that everything is done, nothing but the ledger is read.
 */
export async function redeliver(
  plan: ArchivedPlan,
  date: string,
  ports: DeliveryPorts,
  options: DeliveryOptions = {},
): Promise<Deliveries & { readonly revision: number }> {
  const { archive, channels } = ports;
  if (options.byHand === undefined) {
    const newest = await findNewestRevision(archive, plan.name, date);
    const told = newest && (await readDeliveries(archive, { ...plan, channels }, date, newest.revision));
    if (newest && told?.isDone && !(options.retriesRefused === true && told.leavesOut)) {
      return { ...alreadyTold(plan, told.mail?.location ?? null), revision: newest.revision };
    }
  }
  const workspace = await makeWorkspace();
  try {
    const loaded = await loadRevision(archive, plan, date, workspace);
    if (options.byHand === undefined) await withholdUnrouted(plan, loaded, ports);
    return { ...(await deliverReport(plan, loaded, ports, options)), revision: loaded.revision };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

function alreadyTold({ mail }: DeliveryPlan, location: string | null): Deliveries {
  const delivery = mail === null ? null : ({ kind: 'already-delivered', location } as const);
  return { delivery, sliceDeliveries: [], notices: [] };
}

/** A slice that no rule of today makes: nobody gets it, and the ledger says so. Else the day was never done. */
async function withholdUnrouted(
  { mail }: ArchivedPlan,
  { report, revision, prefix, slices }: LoadedRevision,
  { archive, mailer, clock, log }: DeliveryPorts,
): Promise<void> {
  if (mail === null || mailer === null) return;
  const routed = new Set(slices.map(({ slice }) => slice.slug));
  const unrouted = (await sliceSlugs(archive, prefix)).filter((slug) => !routed.has(slug));
  if (unrouted.length === 0) return;
  const { plan, reportDay } = report;
  const ledger = openLedger(prefix, { archive, clock, log });
  log.warn(
    { plan, date: reportDay.date, slices: unrouted.length },
    'mail: slices that no rule sends anywhere now',
  );
  for (const slug of unrouted) {
    const messageId = messageIdOf({ plan, date: reportDay.date, revision }, slug, mail.from);
    await ledger.withhold({ messageId, route: mailRoute, transport: mailer.type });
  }
}

/** null: the revision has none of this name. */
async function stageArtefact(
  archive: Archive,
  found: CommittedRevision,
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

async function readJobs<T>(
  archive: Archive,
  found: CommittedRevision,
  use: (compressed: Uint8Array) => Promise<T>,
): Promise<T> {
  const bytes = await readChecked(archive, found, jobsName);
  try {
    return await use(bytes);
  } catch {
    throw unusable(archive, `${found.prefix}${jobsName}`, 'this version cannot read it');
  }
}

const readableReport = z.looseObject({ schemaVersion: z.literal(1), plan: z.string() });

/** The rest is not checked: the digest says that this program wrote it. */
function parseReport(bytes: Uint8Array): DailyReport | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return readableReport.safeParse(value).success ? (value as DailyReport) : null;
  } catch {
    return null;
  }
}

function unusable(archive: Archive, key: string, why: string): Failure {
  return new Failure('storage', `cannot show or send ${archive.locate(key)}: ${why}`, {
    hints: ['Restore it from a copy of the archive, or take another day with --date.'],
  });
}

async function makeWorkspace(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'backup-report-'));
  } catch (error) {
    throw asStorageFailure(error, tmpdir());
  }
}
