import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembleReport } from '../reports/backup-compliance/document/assemble-report.js';
import { resourceOfJob } from '../reports/backup-compliance/facts/correlate-jobs.js';
import { toIso } from '../base/instants.js';
import {
  type DayFacts,
  gatherFacts,
  judgeFacts,
  memoryOfUnreported,
  observedResources,
  resourceLookup,
  runningOf,
  sortOut,
} from '../reports/backup-compliance/verdicts/judge-days.js';
import { toBeginEvents } from '../reports/backup-compliance/memory/memory.js';
import { type Rules, openRuleBook } from '../reports/backup-compliance/rules/rule-book.js';
import { routeResources, sliceReport } from '../reports/backup-compliance/document/slice-report.js';
import { explainError } from '../errors.js';
import type { BackupJob } from '../reports/backup-compliance/model/backup-job.js';
import type { DailyReport } from '../reports/backup-compliance/model/daily-report.js';
import type { DayMemory } from '../reports/backup-compliance/model/day-memory.js';
import type { Language } from '../model/language.js';
import type { ArtefactEntry, Manifest } from '../model/manifest.js';
import type { ReportDay, TimeWindow } from '../model/report-day.js';
import type { Slice } from '../reports/backup-compliance/model/slice.js';
import type {
  Archive,
  Channel,
  Clock,
  EventSource,
  Inventory,
  Log,
  MailRenderer,
  Mailer,
  Renderer,
} from '../ports.js';
import { releaseMemory } from './artefacts/release-memory.js';
import { commitRevision, manifestReference } from './revisions/commit-revision.js';
import { contentDigest } from '../reports/backup-compliance/document/content-digest.js';
import { type Deliveries, deliverReport } from './delivery/deliver-report.js';
import type { DeliverablePart, DeliveryPlan } from './delivery/delivery-context.js';
import type { StagedArtefact } from './artefacts/describe-artefact.js';
import { type EventReading, type OpenReading, readSources } from './evidence/read-events.js';
import { type Recollection, recallMemory } from './revisions/recall-memory.js';
import { redeliver } from './delivery/redeliver.js';
import { type CommittedRevision, findNewestRevision } from './revisions/read-revisions.js';
import { asStorageFailure, renderArtefacts, renderJobs, renderSlice } from './artefacts/render-artefacts.js';
import { supersede } from './revisions/supersede.js';
import { withholdDelivery } from './delivery/withhold-delivery.js';
import { backupJobs } from './artefacts/write-jobs.js';

/** What a report is made by, apart from the adapters. */
export interface ReportPlan extends DeliveryPlan<DailyReport> {
  readonly lookbackDays: number;
  readonly tolerateRejected: number;
  /** What its reports speak. */
  readonly language: Language;
  readonly rules: Rules;
  readonly configurationDigest: string;
  readonly tool: DailyReport['tool'];
  /** Who runs it, for the manifest; never a secret. */
  readonly principal: string;
  readonly leaseMs: number;
}

export interface PipelinePorts {
  readonly sources: readonly EventSource[];
  readonly inventory: Inventory;
  readonly renderers: readonly Renderer[];
  readonly archive: Archive;
  readonly mailer: Mailer | null;
  readonly mailRenderer: MailRenderer<DailyReport>;
  /** Other ways in which a report is told of. */
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Log;
}

export interface DayResult extends Deliveries {
  readonly report: DailyReport;
  readonly revision: number;
  /**
   * unchanged: the archive's newest revision says the same. kept: the archive has a COMPLETE one, and this time the
   * sources could not be read to their end; `report` says what is missing, and nothing was written.
   */
  readonly kind: 'committed' | 'unchanged' | 'kept';
  readonly artefacts: readonly ArtefactEntry[];
  /** Where a person finds the revision. */
  readonly location: string;
}

export interface DayOptions {
  /** Looked at between two stages: the stage at hand is finished. */
  readonly signal?: AbortSignal;
  /** false: the report is archived and nobody is notified. */
  readonly notify?: boolean;
  /** Whoever was refused the mail of a report that stands is asked once more. */
  readonly retriesRefused?: boolean;
  /** The day's events, read ahead. Used where they are what the day turns out to need. */
  readonly readAhead?: ReadAhead;
  /** Asked before anything is archived: why this report must not be written; null where it may be. */
  readonly veto?: (report: DailyReport) => string | null;
}

/** Events of a day in a folder of their own. Whoever made it removes the folder. */
export interface ReadAhead {
  readonly evidencePath: string;
  readonly reading: OpenReading;
}

/**
 * The whole story of one report day:
 * recall -> read -> parse -> correlate -> track incidents -> evaluate -> assemble -> render -> archive -> mail.
 *
 * A day that has a report already gets another revision only where this one says something else.
 *
 * @param generatedAtMs when the report is made: an input, so that the same input gives the same bytes
 */
export async function makeDailyReport(
  plan: ReportPlan,
  day: ReportDay,
  generatedAtMs: number,
  ports: PipelinePorts,
  options: DayOptions = {},
): Promise<DayResult> {
  const { archive } = ports;
  const { signal } = options;
  const workspace = await makeWorkspace();
  try {
    const recalled = await recallMemory(archive, plan, day, ports.log);
    signal?.throwIfAborted();
    const read = await readDay(recalled, workspace, ports, options);
    signal?.throwIfAborted();
    const judged = await judgeDay(plan, day, recalled, generatedAtMs, read.reading, ports);
    const veto = options.veto?.(judged.report) ?? null;
    if (veto !== null) throw new VetoedReport(veto);

    const known = await findNewestRevision(archive, plan.name, day.date);
    if (known !== null && (await saysTheSame(known, judged, workspace))) {
      ports.log.info({ plan: plan.name, date: day.date, revision: known.revision }, 'archive: nothing new');
      await acknowledge(judged, ports.log);
      return await standingResult(plan, judged.report, known, ports, options);
    }
    if (known !== null && isPoorer(judged, known)) {
      const { status, statusReasons } = judged.report;
      ports.log.warn(
        { date: day.date, revision: known.revision, status, statusReasons },
        'archive: the earlier report is kept',
      );
      return await standingResult(plan, judged.report, known, ports, options, 'kept');
    }
    signal?.throwIfAborted();
    const artefacts = await renderArtefacts(workspace, read.evidencePath, judged, ports);
    const parts = plan.mail === null ? [] : await renderParts(workspace, judged, ports);
    signal?.throwIfAborted();

    const files = [...artefacts, ...parts.flatMap(({ workbook }) => workbook ?? [])];
    const digest = contentDigest(judged.report, digestOf(artefacts, 'jobs.ndjson.gz'));
    const manifest = manifestOf(plan, day, recalled.window, judged, digest, files);
    const committed = await commitRevision(
      {
        plan: plan.name,
        date: day.date,
        previous: recalled.previous,
        contentDigest: digest,
        artefacts: files,
        manifest: (facts) => ({ ...manifest, ...facts }),
        leaseMs: plan.leaseMs,
        supersede: (newest) => {
          const origin = { ...manifest, previousManifest: manifestReference(recalled.previous) };
          return supersede(archive, newest, judged.report, origin, plan.language);
        },
      },
      ports,
    );
    await acknowledge(judged, ports.log);
    const { revision, prefix } = committed;
    if (committed.kind === 'unchanged') {
      // Another process was first, with the same content.
      const theirs = { revision, prefix, manifest: committed.manifest };
      return await standingResult(plan, judged.report, theirs, ports, options);
    }
    signal?.throwIfAborted();
    const { supersedes } = committed.manifest;
    const workbook = artefacts.find(({ name }) => name === 'report.xlsx') ?? null;
    const delivered = { report: judged.report, revision, prefix, supersedes, workbook, parts };
    if (options.notify === false) await withholdDelivery(plan, delivered, ports);
    return {
      report: judged.report,
      revision,
      kind: 'committed',
      artefacts: artefacts.map(toEntry),
      location: archive.locate(prefix),
      ...(options.notify === false ? untold : await deliverReport(plan, delivered, ports)),
    };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

/** The report was vetoed and nothing was archived. The message says why. */
export class VetoedReport extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'VetoedReport';
  }
}

const untold: Deliveries = { delivery: null, sliceDeliveries: [], notices: [] };

/** With the jobs alone one knows; page and workbook need not be made for it. */
async function saysTheSame(
  known: CommittedRevision,
  { report, jobs }: JudgedDay,
  workspace: string,
): Promise<boolean> {
  const { sha256 } = await renderJobs(workspace, jobs);
  return contentDigest(report, sha256) === known.manifest.contentDigest;
}

/** A source that fails today takes nothing from a report that was whole. */
function isPoorer({ report }: JudgedDay, { manifest }: CommittedRevision): boolean {
  const isWhole = report.sources.every(({ complete }) => complete);
  const usedBefore = manifest.controlTotals?.used ?? 0;
  return !isWhole && manifest.status === 'COMPLETE' && report.controlTotals.used <= usedBefore;
}

/** The day has this report already. What was not handed over of it is. */
async function standingResult(
  plan: ReportPlan,
  report: DailyReport,
  { revision, prefix, manifest }: Pick<CommittedRevision, 'revision' | 'prefix' | 'manifest'>,
  ports: PipelinePorts,
  { notify, retriesRefused = false }: DayOptions,
  kind: 'unchanged' | 'kept' = 'unchanged',
): Promise<DayResult> {
  return {
    report,
    revision,
    kind,
    artefacts: manifest.artefacts.filter(({ name }) => !name.startsWith('slice-')),
    location: ports.archive.locate(prefix),
    ...(notify === false ? untold : await redeliver(plan, manifest.date, ports, { retriesRefused })),
  };
}

interface JudgedDay {
  readonly report: DailyReport;
  readonly slices: readonly Slice[];
  readonly manifestSources: Manifest['sources'];
  readonly inventoryDigest: string;
  /** Of this day, made as they are asked for. */
  readonly jobs: Iterable<BackupJob>;
  readonly jobsOf: (slice: Slice) => Iterable<BackupJob>;
  readonly acknowledge: EventReading['acknowledge'];
}

/** Reads the day's events, unless they were read ahead for the very window that the day needs. */
async function readDay(
  recalled: Recollection,
  workspace: string,
  ports: PipelinePorts,
  { signal, readAhead }: DayOptions,
): Promise<{ readonly reading: EventReading; readonly evidencePath: string }> {
  const carried = toBeginEvents(recalled.memory?.running ?? []);
  const { window } = recalled;
  const isAhead = readAhead?.reading.window.fromMs === window.fromMs;
  const evidencePath =
    readAhead !== undefined && isAhead ? readAhead.evidencePath : join(workspace, 'events.ndjson.gz');
  const open =
    readAhead !== undefined && isAhead
      ? readAhead.reading
      : await readSources(ports.sources, window, evidencePath, ports.log, signal);
  const reading = await open.finish(carried);
  releaseMemory();
  return { reading, evidencePath };
}

/** The pure part: from events to the report document. Days without a report are judged on the way to this one. */
async function judgeDay(
  plan: ReportPlan,
  day: ReportDay,
  recalled: Recollection,
  generatedAtMs: number,
  reading: EventReading,
  { inventory, clock, log }: PipelinePorts,
): Promise<JudgedDay> {
  const events = sortOut(reading.ledger);
  const expected = await inventory.expectedResources(observedResources(events, recalled.memory));
  const { lookbackDays, language } = plan;
  const ruleBook = openRuleBook(plan.rules);
  const rules = { ruleBook, lookbackDays, knownSinceMs: recalled.knownSinceMs, language };
  const gather = (each: ReportDay, fromMs: number, before: DayMemory | null): DayFacts =>
    gatherFacts(events, each, fromMs, before, rules, resourceLookup(expected.resources, before));

  let { memory } = recalled;
  let { fromMs } = recalled.window;
  for (const unreported of recalled.bridged) {
    const facts = gather(unreported, fromMs, memory);
    memory = memoryOfUnreported(facts, judgeFacts(facts, expected, rules), rules);
    fromMs = unreported.cutOffMs;
  }
  const facts = gather(day, fromMs, memory);
  const { dayJobs, incidents } = facts;
  log.info(
    { jobs: dayJobs.length, read: events.jobs.length, incidents: incidents.length },
    'events correlated',
  );

  const evaluation = judgeFacts(facts, expected, rules);
  const isWhole = reading.sources.every(({ complete }) => complete);
  const routing = routeResources(evaluation.resources, ruleBook, language);
  const report = assembleReport({
    plan: plan.name,
    day,
    generatedAt: toIso(generatedAtMs),
    tool: plan.tool,
    language,
    evaluation,
    incidents,
    jobs: dayJobs,
    changes: facts.changes,
    sources: reading.sources,
    rejected: reading.rejected,
    unrecognised: events.unrecognised,
    tolerateRejected: plan.tolerateRejected,
    inventory: { type: inventory.type, description: inventory.description },
    inventoryFaults: expected.faults,
    isDayOver: day.cutOffMs <= Math.max(clock.nowMs(), generatedAtMs),
    runningAttempts: runningOf(facts, isWhole ? null : recalled.window.fromMs),
    memory,
    comparedWith: recalled.memory,
    previousReport: recalled.previousReport,
    memoryFaults: recalled.faults,
    knownSinceMs: recalled.knownSinceMs,
    findings: [...recalled.findings, ...facts.findings, ...routing.findings],
    routing: plan.rules.recipients.length === 0 ? null : routing,
  });
  const { expected: population, compliant, nonCompliant, unknown } = report.totals;
  log.info({ expected: population, compliant, nonCompliant, unknown, status: report.status }, 'day judged');
  return {
    report,
    slices: routing.slices,
    manifestSources: reading.manifestSources,
    inventoryDigest: expected.digest,
    jobs: backupJobs(dayJobs, facts.failureNotices),
    jobsOf: ({ resourceIds }) =>
      backupJobs(
        dayJobs.filter((job) => resourceIds.has(resourceOfJob(job).resourceId)),
        facts.failureNotices,
      ),
    acknowledge: reading.acknowledge,
  };
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

async function renderParts(
  workspace: string,
  { report, slices, jobsOf }: JudgedDay,
  { renderers }: PipelinePorts,
): Promise<readonly DeliverablePart<DailyReport>[]> {
  const workbook = renderers.find(({ name }) => name.endsWith('.xlsx'));
  const rendered: DeliverablePart<DailyReport>[] = [];
  for (const slice of slices) {
    const part = sliceReport(report, slice, [...jobsOf(slice)]);
    const file = workbook && (await renderSlice(workspace, slice.slug, part, jobsOf(slice), workbook));
    const { name, slug, to } = slice;
    rendered.push({ name, slug, to, report: part, workbook: file ?? null });
  }
  return rendered;
}

async function makeWorkspace(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'backup-report-'));
  } catch (error) {
    throw asStorageFailure(error, tmpdir());
  }
}
