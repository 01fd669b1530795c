import { toIso } from '../../base/instants.js';
import type { Inventory, InventoryReading } from '../../ports.js';
import type { Conclusion, DayInput, ReportPart } from '../report-kind.js';
import { assembleReport } from './document/assemble-report.js';
import { routeResources, sliceReport } from './document/slice-report.js';
import type { EventLedger } from './events/event-ledger.js';
import { backupJobs } from './facts/backup-jobs.js';
import { resourceOfJob } from './facts/correlate-jobs.js';
import { type DayFacts, type DaySpan, gatherFacts } from './facts/gather-facts.js';
import { observedResources, resourceLookup } from './facts/observed-resources.js';
import { sortEvents } from './facts/sort-events.js';
import { runningOf } from './memory/running-attempts.js';
import type { DailyReport } from './model/daily-report.js';
import type { DayMemory } from './model/day-memory.js';
import { type Rules, openRuleBook } from './rules/rule-book.js';
import { followedBy, judgeFacts, memoryOfUnreported } from './verdicts/judge-day.js';

/** What a day's backups are judged by, beyond the settings that every kind of report has. */
export interface JudgingOptions {
  readonly rules: Rules;
  readonly inventory: Inventory;
  readonly lookbackDays: number;
}

/**
 * Turns the events of a window into the report of its last day: correlate, track incidents, evaluate, assemble. Earlier
 * days of the window that have no report are judged on the way.
 */
export async function concludeDay(
  input: DayInput<DayMemory, EventLedger>,
  options: JudgingOptions,
): Promise<Conclusion<DailyReport>> {
  const { day, window, recalled, sources, log } = input;
  const { inventory, lookbackDays } = options;
  const events = sortEvents(input.facts);
  const expected = await inventory.expectedResources(observedResources(events, recalled.memory));
  const ruleBook = openRuleBook(options.rules);
  const rules = { ruleBook, lookbackDays, knownSinceMs: recalled.knownSinceMs };

  const gather = (span: DaySpan): DayFacts =>
    gatherFacts(events, span, followedBy(rules, resourceLookup(expected.resources, span.memory)));
  let { memory } = recalled;
  let { fromMs } = window;
  for (const unreported of recalled.bridged) {
    const facts = gather({ day: unreported, fromMs, memory });
    memory = memoryOfUnreported(facts, judgeFacts(facts, expected, rules), rules);
    fromMs = unreported.cutOffMs;
  }
  const facts = gather({ day, fromMs, memory });
  const { dayJobs, incidents } = facts;
  log.info(
    { jobs: dayJobs.length, read: events.jobs.length, incidents: incidents.length },
    'events correlated',
  );

  const evaluation = judgeFacts(facts, expected, rules);
  const routing = routeResources(evaluation.resources, ruleBook);
  const isWhole = sources.every(({ complete }) => complete);
  const report = assembleReport({
    ...whatWasRead(input),
    ...whatWasExpected(inventory, expected),
    evaluation,
    incidents,
    jobs: dayJobs,
    changes: facts.changes,
    unrecognised: events.unrecognised,
    runningAttempts: runningOf(facts.spanJobs, isWhole ? null : window.fromMs),
    memory,
    findings: [...facts.findings, ...routing.findings],
    routing: options.rules.recipients.length === 0 ? null : routing,
  });
  const { expected: population, compliant, nonCompliant, unknown } = report.totals;
  log.info({ expected: population, compliant, nonCompliant, unknown, status: report.status }, 'day judged');
  return {
    report,
    inventoryDigest: expected.digest,
    lines: backupJobs(dayJobs, facts.failureNotices),
    parts: () =>
      routing.slices.map((slice): ReportPart<DailyReport> => {
        const own = dayJobs.filter((job) => slice.resourceIds.has(resourceOfJob(job).resourceId));
        const lines = backupJobs(own, facts.failureNotices);
        const { name, slug, to } = slice;
        return { name, slug, to, lines, report: sliceReport(report, slice, own) };
      }),
  };
}

function whatWasRead({ plan, day, generatedAtMs, isDayOver, recalled, ...read }: ConcludedInput) {
  return {
    plan: plan.name,
    tool: plan.tool,
    language: plan.language,
    tolerateRejected: plan.tolerateRejected,
    day,
    generatedAt: toIso(generatedAtMs),
    isDayOver,
    sources: read.sources,
    rejected: read.rejected,
    // The report is compared with the previous one, which may be of an earlier day than its memory.
    comparedWith: recalled.memory,
    previousReport: recalled.previousReport,
    memoryFaults: recalled.faults,
    recallFindings: recalled.findings,
    knownSinceMs: recalled.knownSinceMs,
  };
}

type ConcludedInput = DayInput<DayMemory, EventLedger>;

function whatWasExpected({ type, description }: Inventory, { faults }: InventoryReading) {
  return { inventory: { type, description }, inventoryFaults: faults };
}
