import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembleReport } from './core/assemble-report.js';
import { belongsToDay, correlateJobs } from './core/correlate-jobs.js';
import { defaultPolicy } from './core/default-policy.js';
import { evaluateCompliance, observedResources } from './core/evaluate-compliance.js';
import type { EventLedger } from './core/event-ledger.js';
import { toIso } from './core/instants.js';
import { addDays } from './core/report-day.js';
import { collectHistories, historyOf } from './core/resource-history.js';
import { bearsOnBackups, joinResource, trackIncidents } from './core/track-incidents.js';
import { explainError } from './errors.js';
import type { BackupEvent } from './model/backup-event.js';
import type { BackupJob } from './model/backup-job.js';
import type { EventType } from './model/event-type.js';
import type { DailyReport } from './model/daily-report.js';
import type { ArtefactEntry, Manifest } from './model/manifest.js';
import type { ReportDay, TimeWindow } from './model/report-day.js';
import type { Archive, Clock, EventSource, Inventory, Log, MailRenderer, Mailer, Renderer } from './ports.js';
import { releaseMemory } from './stages/release-memory.js';
import { commitRevision } from './stages/commit-revision.js';
import { contentDigest } from './stages/content-digest.js';
import { deliverMail } from './stages/deliver-mail.js';
import type { StagedArtefact } from './stages/describe-artefact.js';
import { type EventReading, readEvents } from './stages/read-events.js';
import { asStorageFailure, renderArtefacts } from './stages/render-artefacts.js';
import { backupJobs } from './stages/write-jobs.js';

/** What a report is made by, apart from the adapters. */
export interface ReportPlan {
  readonly name: string;
  readonly lookbackDays: number;
  readonly tolerateRejected: number;
  readonly configurationDigest: string;
  readonly tool: DailyReport['tool'];
  /** Who runs it, for the manifest; never a secret. */
  readonly principal: string;
  readonly leaseMs: number;
  readonly mail: {
    readonly from: string;
    readonly to: readonly string[];
    readonly attachWorkbook: boolean;
    readonly maxMessageBytes: number;
  } | null;
}

export interface PipelinePorts {
  readonly sources: readonly EventSource[];
  readonly inventory: Inventory;
  readonly renderers: readonly Renderer[];
  readonly archive: Archive;
  readonly mailer: Mailer | null;
  readonly mailRenderer: MailRenderer;
  readonly clock: Clock;
  readonly log: Log;
}

export interface DayResult {
  readonly report: DailyReport;
  readonly revision: number;
  /** unchanged: the archive's newest revision says the same. */
  readonly kind: 'committed' | 'unchanged';
  readonly artefacts: readonly ArtefactEntry[];
  /** Where a person finds the revision. */
  readonly location: string;
  /** null: the plan sends no mail. */
  readonly delivery: {
    readonly kind: 'delivered' | 'already-delivered' | 'refused';
    readonly location: string | null;
  } | null;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The whole story of one report day:
 * read -> parse -> correlate -> track incidents -> evaluate -> assemble -> render -> archive -> mail.
 *
 * @param generatedAtMs when the report is made: an input, so that the same input gives the same bytes
 */
export async function makeDailyReport(
  plan: ReportPlan,
  day: ReportDay,
  generatedAtMs: number,
  ports: PipelinePorts,
): Promise<DayResult> {
  const workspace = await makeWorkspace();
  try {
    const window = { fromMs: day.startMs - plan.lookbackDays * dayMs, toMs: day.cutOffMs };
    const evidencePath = join(workspace, 'events.ndjson.gz');
    const judged = await readAndJudge(plan, day, window, evidencePath, generatedAtMs, ports);
    const artefacts = await renderArtefacts(workspace, evidencePath, judged, ports);
    const { report } = judged;

    const digest = contentDigest(report, digestOf(artefacts, 'jobs.ndjson.gz'));
    const committed = await commitRevision(
      {
        plan: plan.name,
        date: day.date,
        previousDate: addDays(day.date, -1),
        contentDigest: digest,
        artefacts,
        manifest: (facts) => ({ ...manifestOf(plan, day, window, judged, digest, artefacts), ...facts }),
        leaseMs: plan.leaseMs,
        revisionReason: 'the events, the inventory or the configuration changed since',
      },
      ports,
    );
    const location = ports.archive.locate(committed.prefix);
    ports.log.info({ revision: committed.revision, kind: committed.kind, location }, 'report archived');
    await acknowledge(judged, ports.log);

    const delivery = await mailReport(plan, report, committed, artefacts, ports);
    const { kind, revision } = committed;
    return { report, revision, kind, artefacts: artefacts.map(toEntry), location, delivery };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

interface JudgedDay {
  readonly report: DailyReport;
  readonly manifestSources: Manifest['sources'];
  readonly inventoryDigest: string;
  /** Of this day, made as they are asked for. */
  readonly jobs: Iterable<BackupJob>;
  readonly acknowledge: EventReading['acknowledge'];
}

/** What was read stays in here: what of it is not in the jobs is memory that rendering needs. */
async function readAndJudge(
  plan: ReportPlan,
  day: ReportDay,
  window: TimeWindow,
  evidencePath: string,
  generatedAtMs: number,
  ports: PipelinePorts,
): Promise<JudgedDay> {
  const reading = await readEvents(ports.sources, window, evidencePath, ports.log);
  releaseMemory();
  return judgeDay(plan, day, window, generatedAtMs, reading, ports);
}

/** The pure part: from events to the report document. */
async function judgeDay(
  plan: ReportPlan,
  day: ReportDay,
  window: TimeWindow,
  generatedAtMs: number,
  reading: EventReading,
  { inventory, clock, log }: PipelinePorts,
): Promise<JudgedDay> {
  const jobs = correlateJobs(reading.ledger.groups(), day.cutOffMs, () => defaultPolicy.maxDurationMs);
  const dayJobs = jobs.filter((job) => belongsToDay(job, day));
  log.info({ jobs: dayJobs.length, inWindow: jobs.length }, 'jobs correlated');

  const { conditions, others, unrecognised } = sortOut(reading.ledger);
  const histories = collectHistories(jobs, others, day);
  const resolve = joinResource([...histories.values()].map(({ resource }) => resource));
  const incidents = trackIncidents(conditions, day, resolve);
  const failureNotices = new Map<string, BackupEvent[]>();
  for (const event of conditions) {
    if (event.condition === null || !bearsOnBackups(event.condition.name)) continue;
    const resource = resolve(event);
    historyOf(histories, resource).isObserved = true;
    if (event.condition.cleared) continue;
    const notices = failureNotices.get(resource.resourceId) ?? [];
    failureNotices.set(resource.resourceId, [...notices, event]);
  }
  log.info({ incidents: incidents.length, events: conditions.length }, 'incidents tracked');

  const expected = await inventory.expectedResources(observedResources(histories));
  const evaluation = evaluateCompliance({
    expected: expected.resources,
    histories,
    incidents,
    day,
    windowStartMs: window.fromMs,
    policyOf: () => defaultPolicy,
  });
  const report = assembleReport({
    ...evaluation,
    plan: plan.name,
    day,
    generatedAt: toIso(generatedAtMs),
    tool: plan.tool,
    incidents,
    jobs: dayJobs,
    sources: reading.sources,
    rejected: reading.rejected,
    unrecognised,
    tolerateRejected: plan.tolerateRejected,
    inventory: { type: inventory.type, description: inventory.description },
    inventoryFaults: expected.faults,
    isDayOver: day.cutOffMs <= Math.max(clock.nowMs(), generatedAtMs),
  });
  const { expected: population, compliant, nonCompliant, unknown } = report.totals;
  log.info({ expected: population, compliant, nonCompliant, unknown, status: report.status }, 'day judged');
  const { manifestSources } = reading;
  const inventoryDigest = expected.digest;
  const { acknowledge: done } = reading;
  const madeJobs = backupJobs(dayJobs, failureNotices);
  return { report, manifestSources, inventoryDigest, jobs: madeJobs, acknowledge: done };
}

function isCondition({ action }: EventType): boolean {
  return action === 'condition';
}

function isOther({ action }: EventType): boolean {
  return action === 'deletion' || action === 'termination';
}

/** Events that are not jobs: conditions, and the rest. Types that the catalogue lacks are counted. */
function sortOut(ledger: EventLedger): {
  readonly conditions: readonly BackupEvent[];
  readonly others: readonly BackupEvent[];
  readonly unrecognised: ReadonlyMap<string, number>;
} {
  const conditions: BackupEvent[] = [];
  const others: BackupEvent[] = [];
  const unrecognised = new Map<string, number>();
  for (const event of ledger.ofTypes((type) => !type.catalogued || isCondition(type) || isOther(type))) {
    const { type } = event;
    if (isCondition(type)) conditions.push(event);
    if (isOther(type)) others.push(event);
    if (!type.catalogued) unrecognised.set(type.name, (unrecognised.get(type.name) ?? 0) + 1);
  }
  return { conditions, others, unrecognised };
}

/** Not doing so loses nothing: the sources give the same records again. */
async function acknowledge({ acknowledge: done }: JudgedDay, log: Log): Promise<void> {
  try {
    await done();
  } catch (error) {
    log.warn({ reason: explainError(error) }, 'a source was not told that its records are archived');
  }
}

function digestOf(artefacts: readonly StagedArtefact[], name: string): string {
  return artefacts.find((artefact) => artefact.name === name)?.sha256 ?? '';
}

function toEntry({ name, bytes, sha256, mediaType }: StagedArtefact): ArtefactEntry {
  return { name, bytes, sha256, mediaType };
}

function manifestOf(
  plan: ReportPlan,
  day: ReportDay,
  window: TimeWindow,
  { report, inventoryDigest, manifestSources }: JudgedDay,
  digest: string,
  artefacts: readonly StagedArtefact[],
): Omit<Manifest, 'revision' | 'supersedes' | 'unfinishedRevisions' | 'previousManifest'> {
  return {
    schemaVersion: 1,
    plan: plan.name,
    date: day.date,
    timezone: day.timezone,
    windowStart: toIso(window.fromMs),
    cutOff: toIso(day.cutOffMs),
    generatedAt: report.generatedAt,
    tool: plan.tool,
    nodeVersion: process.version,
    principal: plan.principal,
    status: report.status,
    contentDigest: digest,
    configurationDigest: plan.configurationDigest,
    inventoryDigest,
    controlTotals: report.controlTotals,
    sources: manifestSources,
    artefacts: artefacts.map(toEntry),
  };
}

async function mailReport(
  plan: ReportPlan,
  report: DailyReport,
  committed: { readonly revision: number; readonly prefix: string },
  artefacts: readonly StagedArtefact[],
  { mailer, mailRenderer, archive, clock, log }: PipelinePorts,
): Promise<DayResult['delivery']> {
  if (mailer === null || plan.mail === null) return null;
  const { from, to, attachWorkbook, maxMessageBytes } = plan.mail;
  const attachments = artefacts.filter(({ name }) => attachWorkbook && name.endsWith('.xlsx'));
  const { revision, prefix } = committed;
  const { kind, record } = await deliverMail(
    { report, revision, prefix, from, to, attachments, maxMessageBytes },
    { archive, mailer, mailRenderer, clock, log },
  );
  log.info({ kind, messageId: record.messageId, location: record.location }, 'mail handed over');
  return { kind, location: record.location };
}

async function makeWorkspace(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'backup-report-'));
  } catch (error) {
    throw asStorageFailure(error, tmpdir());
  }
}
