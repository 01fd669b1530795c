import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembleReport } from './core/assemble-report.js';
import { resourceOfJob } from './core/correlate-jobs.js';
import { toIso } from './core/instants.js';
import {
  type DayFacts,
  gatherFacts,
  judgeFacts,
  memoryOfUnreported,
  observedResources,
  resourceLookup,
  runningOf,
  sortOut,
} from './core/judge-days.js';
import { toBeginEvents } from './core/memory.js';
import { type Rules, openRuleBook } from './core/rule-book.js';
import { routeResources, sliceReport } from './core/slice-report.js';
import { explainError } from './errors.js';
import type { BackupJob } from './model/backup-job.js';
import type { DailyReport } from './model/daily-report.js';
import type { DayMemory } from './model/day-memory.js';
import type { Language } from './model/language.js';
import type { ArtefactEntry, Manifest } from './model/manifest.js';
import type { ReportDay, TimeWindow } from './model/report-day.js';
import type { Slice } from './model/slice.js';
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
} from './ports.js';
import { releaseMemory } from './stages/release-memory.js';
import { commitRevision } from './stages/commit-revision.js';
import { contentDigest } from './stages/content-digest.js';
import {
  type Deliveries,
  type DeliveryPlan,
  type RenderedSlice,
  deliverReport,
} from './stages/deliver-report.js';
import type { StagedArtefact } from './stages/describe-artefact.js';
import { type EventReading, readEvents } from './stages/read-events.js';
import { type Recollection, recallMemory } from './stages/recall-memory.js';
import { asStorageFailure, renderArtefacts, renderSlice } from './stages/render-artefacts.js';
import { backupJobs } from './stages/write-jobs.js';

/** What a report is made by, apart from the adapters. */
export interface ReportPlan {
  readonly name: string;
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
  readonly mail: DeliveryPlan['mail'];
}

export interface PipelinePorts {
  readonly sources: readonly EventSource[];
  readonly inventory: Inventory;
  readonly renderers: readonly Renderer[];
  readonly archive: Archive;
  readonly mailer: Mailer | null;
  readonly mailRenderer: MailRenderer;
  /** Other ways in which a report is told of. */
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Log;
}

export interface DayResult extends Deliveries {
  readonly report: DailyReport;
  readonly revision: number;
  /** unchanged: the archive's newest revision says the same. */
  readonly kind: 'committed' | 'unchanged';
  readonly artefacts: readonly ArtefactEntry[];
  /** Where a person finds the revision. */
  readonly location: string;
}

/**
 * The whole story of one report day:
 * recall -> read -> parse -> correlate -> track incidents -> evaluate -> assemble -> render -> archive -> mail.
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
    const evidencePath = join(workspace, 'events.ndjson.gz');
    const recalled = await recallMemory(ports.archive, plan, day, ports.log);
    const judged = await readAndJudge(plan, day, recalled, evidencePath, generatedAtMs, ports);
    const artefacts = await renderArtefacts(workspace, evidencePath, judged, ports);
    const { report } = judged;
    const slices = plan.mail === null ? [] : await renderSlices(workspace, judged, ports);
    const sliceFiles = slices.flatMap(({ workbook }) => workbook ?? []);

    const digest = contentDigest(report, digestOf(artefacts, 'jobs.ndjson.gz'));
    const committed = await commitRevision(
      {
        plan: plan.name,
        date: day.date,
        previous: recalled.previous,
        contentDigest: digest,
        artefacts: [...artefacts, ...sliceFiles],
        manifest: (facts) => ({
          ...manifestOf(plan, day, recalled.window, judged, digest, [...artefacts, ...sliceFiles]),
          ...facts,
        }),
        leaseMs: plan.leaseMs,
        revisionReason: 'the events, the inventory, the configuration or the report before it changed since',
      },
      ports,
    );
    const location = ports.archive.locate(committed.prefix);
    await acknowledge(judged, ports.log);

    const { kind, revision, prefix, manifest } = committed;
    const workbook = artefacts.find(({ name }) => name === 'report.xlsx') ?? null;
    const deliveries = await deliverReport(
      plan,
      { report, revision, prefix, supersedes: manifest.supersedes, workbook, slices },
      ports,
    );
    return { report, revision, kind, artefacts: artefacts.map(toEntry), location, ...deliveries };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
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

/** What was read stays in here: what of it is not in the jobs is memory that rendering needs. */
async function readAndJudge(
  plan: ReportPlan,
  day: ReportDay,
  recalled: Recollection,
  evidencePath: string,
  generatedAtMs: number,
  ports: PipelinePorts,
): Promise<JudgedDay> {
  const carried = toBeginEvents(recalled.memory?.running ?? []);
  const reading = await readEvents(ports.sources, recalled.window, evidencePath, ports.log, carried);
  releaseMemory();
  return judgeDay(plan, day, recalled, generatedAtMs, reading, ports);
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

async function renderSlices(
  workspace: string,
  { report, slices, jobsOf }: JudgedDay,
  { renderers }: PipelinePorts,
): Promise<readonly RenderedSlice[]> {
  const workbook = renderers.find(({ name }) => name.endsWith('.xlsx'));
  const rendered: RenderedSlice[] = [];
  for (const slice of slices) {
    const part = sliceReport(report, slice, [...jobsOf(slice)]);
    const file = workbook && (await renderSlice(workspace, slice.slug, part, jobsOf(slice), workbook));
    rendered.push({ slice, report: part, workbook: file ?? null });
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
