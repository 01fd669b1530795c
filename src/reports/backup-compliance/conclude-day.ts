import { toIso } from '../../base/instants.js';
import type { ProtectedResource } from '../../model/protected-resource.js';
import { askedToMs } from '../../model/report-day.js';
import { cloudOf } from '../../model/resource-types.js';
import type { Inventory, InventoryReading } from '../../ports/inventory.js';
import type { Conclusion, DayInput, ReportPart } from '../report-kind.js';
import { assembleReport } from './document/assemble-report.js';
import { routeResources, sliceReport } from './document/slice-report.js';
import type { ReadRecords } from './events/open-reading.js';
import { backupJobs } from './facts/backup-jobs.js';
import { type CorrelatedJob, compareJobs, resourceOfJob } from './facts/correlate-jobs.js';
import { countedJob } from './facts/counted-jobs.js';
import { type DayFacts, type DaySpan, gatherFacts } from './facts/gather-facts.js';
import { moveMemory } from './facts/move-memory.js';
import { observedResources, resourceLookup } from './facts/observed-resources.js';
import { sharedIdFindings } from './facts/shared-id-findings.js';
import { type ReadEvents, sortEvents } from './facts/sort-events.js';
import { filesOf, hindsightOf, ofLaterDay } from './kept-resources.js';
import { pointLines } from './memory/point-lines.js';
import { runningOf } from './memory/running-attempts.js';
import type { DailyReport } from './model/daily-report.js';
import type { DayMemory } from './model/day-memory.js';
import type { Framework } from './model/framework.js';
import type { JudgedFinding } from './model/judged-finding.js';
import type { Slice } from './model/slice.js';
import { type Rules, openRuleBook } from './rules/rule-book.js';
import { judgePulses } from './verdicts/judge-pulses.js';
import {
  type Expectation,
  type JudgingRules,
  followedBy,
  judgeFacts,
  livesBeyond,
  memoryOfUnreported,
} from './verdicts/judge-day.js';

/** What a day's backups are judged by, beyond the settings that every kind of report has. */
export interface JudgingOptions {
  readonly rules: Rules;
  readonly inventory: Inventory;
  readonly lookbackDays: number;
  /** For the appendix; absent: none. */
  readonly frameworks?: readonly Framework[];
}

type ConcludedInput = DayInput<DailyReport, DayMemory, ReadRecords>;

/**
 * Turns the events of a window into the report of its last day: correlate, track incidents, evaluate, assemble. Earlier
 * days of the window that have no report are judged on the way.
 */
export async function concludeDay(
  input: ConcludedInput,
  { rules, inventory, lookbackDays, frameworks = [] }: JudgingOptions,
): Promise<Conclusion<DailyReport>> {
  const { sources, window, recalled, log } = input;
  const events = sortEvents(input.facts.ledger, input.facts.ahead, input.facts.estate);
  const reading = await expectedBy(inventory, observedResources(events, recalled.memory));
  const hindsight = await hindsightOf(input, reading, inventory);
  const expected = { ...reading, hindsight };
  const ruleBook = openRuleBook(rules);
  const { knownSinceMs } = recalled;
  const judging = { ruleBook, lookbackDays, knownSinceMs, attestations: input.attestations };
  const facts = gatherThroughGap(input, events, expected, judging);
  const { incidents, failureNotices } = facts;
  const evaluation = judgeFacts(facts, expected, judging);
  const dayJobs = withProven(facts.dayJobs, evaluation.provenJobs);
  const counts = { jobs: dayJobs.length, read: events.jobs.length, incidents: incidents.length };
  log.info(counts, 'events correlated');

  const routing = routeResources(evaluation.resources, ruleBook);
  const isWhole = sources.every(({ complete }) => complete);
  const pulse = judgePulses(input, facts, evaluation);
  const report = assembleReport({
    ...whatWasRead(input),
    sources: pulse.sources,
    silence: pulse.silence,
    // The report is compared with the previous one, which may be of an earlier day than its memory.
    comparedWith: recalled.memory && moveMemory(recalled.memory, facts.names).memory,
    ...whatWasExpected(inventory, expected),
    evaluation,
    incidents,
    lifeCycles: livesBeyond(facts, evaluation),
    jobs: dayJobs,
    changes: facts.changes,
    unrecognised: events.unrecognised,
    ignored: input.facts.ignored,
    runningAttempts: runningOf(facts.spanJobs, isWhole ? null : window.fromMs),
    memory: facts.memory,
    findings: [
      ...settlement(input),
      ...sharedIdFindings(input.facts.ledger, sources),
      ...input.facts.conflicts.map((conflict) => ({ kind: 'job-conflict', ...conflict }) as const),
      ...pulse.findings,
      ...facts.findings,
      ...routing.findings,
    ],
    frameworks,
    routing: rules.recipients.length === 0 ? null : routing,
  });
  const { expected: population, compliant, nonCompliant, unknown } = report.totals;
  log.info({ expected: population, compliant, nonCompliant, unknown, status: report.status }, 'day judged');
  const { type, description } = inventory;
  const made = {
    inventoryDigest: reading.digest,
    inventory: { type, description, faults: reading.faults },
    madeBy: filesOf(reading, hindsight),
  };
  const memoryLines = pointLines(evaluation.points);
  return { ...made, memoryLines, ...conclusionOf(report, routing.slices, { dayJobs, failureNotices }) };
}

/** An inventory of OCI names nothing of another cloud: what is expected there is what was observed. */
async function expectedBy(
  inventory: Inventory,
  observed: readonly ProtectedResource[],
): Promise<InventoryReading> {
  const reading = await inventory.expectedResources(observed);
  if (!reading.isNamed || inventory.type !== 'oci') return reading;
  const others = observed.filter((each) => cloudOf(each) !== 'oci');
  return others.length === 0 ? reading : { ...reading, resources: [...reading.resources, ...others] };
}

/** A report that was made before late records had the time to come says so; a later one revises it only if it differs. */
function settlement({ window, generatedAtMs }: ConcludedInput): readonly JudgedFinding[] {
  const settlesMs = askedToMs(window);
  return generatedAtMs < settlesMs ? [{ kind: 'not-settled', settlesMs }] : [];
}

/** In the order of the report. */
function withProven(
  jobs: readonly CorrelatedJob[],
  proven: readonly CorrelatedJob[],
): readonly CorrelatedJob[] {
  return proven.length === 0 ? jobs : [...jobs, ...proven].sort(compareJobs);
}

/** The facts of the day. Days before it that have no report are gathered and judged first, oldest first. */
function gatherThroughGap(
  { day, window, recalled, sources }: ConcludedInput,
  events: ReadEvents,
  expected: Expectation,
  judging: JudgingRules,
): DayFacts {
  const { hindsight } = expected;
  const known = [...(hindsight.judgedBefore ?? []), ...expected.resources];
  const aheadMs = askedToMs(window) - window.toMs;
  const gather = (span: Omit<DaySpan, 'aheadMs'>): DayFacts =>
    gatherFacts(
      events,
      { ...span, aheadMs },
      followedBy(judging, expected, resourceLookup(known, span.memory)),
    );
  let { memory } = recalled;
  let { fromMs } = window;
  for (const unreported of recalled.bridged) {
    const facts = gather({ day: unreported, fromMs, memory });
    memory = memoryOfUnreported(
      facts,
      judgeFacts(facts, { ...expected, hindsight: ofLaterDay }, judging),
      judging,
      sources,
    );
    fromMs = unreported.cutOffMs;
  }
  return gather({ day, fromMs, memory });
}

/** Keeps the day's jobs and none of its other facts: on a large day, artefacts are made while little else is in memory. */
function conclusionOf(
  report: DailyReport,
  slices: readonly Slice[],
  { dayJobs, failureNotices }: Pick<DayFacts, 'dayJobs' | 'failureNotices'>,
): Pick<Conclusion<DailyReport>, 'report' | 'lines' | 'parts'> {
  return {
    report,
    lines: backupJobs(dayJobs, failureNotices),
    parts: () =>
      slices.map((slice): ReportPart<DailyReport> => {
        const own = dayJobs.filter((job) => slice.resourceIds.has(resourceOfJob(job).resourceId));
        const { name, slug, to } = slice;
        const lines = backupJobs(own, failureNotices);
        return { name, slug, to, lines, report: sliceReport(report, slice, own.map(countedJob)) };
      }),
  };
}

function whatWasRead({ plan, day, window, generatedAtMs, isDayOver, recalled, ...read }: ConcludedInput) {
  return {
    plan: plan.name,
    tool: plan.tool,
    language: plan.language,
    tolerateRejected: plan.tolerateRejected,
    day,
    generatedAt: toIso(generatedAtMs),
    settleDelayMs: askedToMs(window) - window.toMs,
    isDayOver,
    sources: read.sources,
    rejected: read.rejected,
    previousReport: recalled.previousReport,
    memoryFaults: recalled.faults,
    recallFindings: recalled.findings,
    knownSinceMs: recalled.knownSinceMs,
  };
}

function whatWasExpected({ type, description }: Inventory, { faults }: InventoryReading) {
  return { inventory: { type, description }, inventoryFaults: faults };
}
