import { textDirection } from '../../../../base/text-direction.js';
import type { PageLimits } from '../../../../model/page-limits.js';
import { severities } from '../../../../model/severity.js';
import {
  capped,
  dateWords,
  shortText,
  tile,
  unusualHours,
  windowWords,
  type CappedList,
  type Tile,
} from '../../../../renderers/view/view-parts.js';
import { jobStatuses } from '../../model/backup-job.js';
import type { ControlSummary, DailyReport, ReportTotals } from '../../model/daily-report.js';
import { isAlsoIncomplete } from '../../model/report-verdict.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import { outcomes, isBad, isException, isWaivedBad, verdicts } from '../../model/verdict.js';
import type { BackupWording } from '../backup-wording.js';
import { cloudsOf } from '../clouds.js';
import { statusClass } from '../charts/colours.js';
import { outcomeBalance, verdictBalance } from '../balances.js';
import type { Schedule } from '../charts/count-schedule.js';
import { faceNotes, shareWords } from '../face-notes.js';
import { changeView } from './change-view.js';
import { chartViews } from './chart-views.js';
import { editionView, namingWorkbook, type PageDay } from './edition-view.js';
import { anchorsOf, exceptionCards } from './exception-list.js';
import { exceptionView } from './exception-view.js';
import { faceView } from './face-view.js';
import { followUpView } from './follow-up-view.js';
import { frameworkViews } from './framework-view.js';
import { incidentView } from './incident-view.js';
import { listData } from './list-data.js';
import { listRow } from './list-row.js';
import { stripLegend } from './outcome-strip.js';
import { pageListCap, type MoreNoun, sliceWords, waivedWords } from './page-words.js';
import { policyView } from './policy-view.js';
import { provenanceView } from './provenance-view.js';
import { resourceLinks } from './resource-anchor.js';
import { findingsView } from './resource-view.js';
import type { StartHours } from './start-hours.js';
import { trendRows } from './trend-view.js';
import { typeTables } from './type-table-view.js';
import { formerRow, unjudgedRow } from './unjudged-view.js';
import { waiverView } from './waiver-view.js';

/** Everything that templates/report.html.hbs may show, in words. */
export type ReportView = ReturnType<typeof reportView>;

/** What is known of the jobs of the day. */
export interface DayOfJobs {
  readonly schedule: Schedule;
  /** Of the resources that the page lists. */
  readonly startHours: StartHours;
}

export function reportView(
  input: PageDay,
  { schedule, startHours }: DayOfJobs,
  limits: PageLimits,
  words: BackupWording,
) {
  const { report } = input;
  const wording = namingWorkbook(input, words);
  const links = resourceLinks(report.resources.slice(0, limits.listed));
  return {
    data: listData(report, limits, startHours, wording),
    ...pageFace(report, wording),
    ...editionView(input, wording),
    ...judgedView(report, limits, wording),
    ...rulesView(report, wording),
    ...populationView(report, wording),
    charts: chartViews(report, schedule, wording),
    followUp: followUpView(report, links, wording),
    types: typeTables(report, links, wording),
    choices: filterChoices(wording),
    hasClouds: cloudsOf(report.resources).length > 0,
  };
}

/** What the reader sees first: verdict, completeness and totals. */
function pageFace(report: DailyReport, wording: BackupWording) {
  const { reportDay, totals } = report;
  const { timezone } = reportDay;
  const { text, language } = wording;
  return {
    language: language.tag,
    direction: textDirection(language.tag),
    plan: shortText(report.plan),
    slice: sliceWords(report, wording),
    date: dateWords(reportDay.date, wording),
    timezone: shortText(timezone),
    window: windowWords(reportDay.start, reportDay.cutOff, timezone, wording),
    hours: language.count('hour', reportDay.hours),
    unusualHours: unusualHours(reportDay.hours, wording),
    generatedAt: wording.time(report.generatedAt, timezone),
    generatedLater:
      report.generatedDaysLater === 0
        ? null
        : text('page.facts.generatedLater', { days: report.generatedDaysLater }),
    tool: shortText(`${report.tool.name} ${report.tool.version}`),
    verdict: wording.reportVerdict(report),
    face: faceView(report, wording),
    percent: shareWords(report, wording),
    faceNotes: faceNotes(report, wording).map((note) => shortText(note)),
    incomplete: report.status === 'INCOMPLETE',
    alsoIncomplete: isAlsoIncomplete(report),
    allResources: text('page.bar.allResources', { number: report.resources.length }),
    nothingSeen: totals.expected === 0,
    noneWords: text(report.status === 'COMPLETE' ? 'page.none' : 'page.noneSeenOfDay'),
    verdictBalance: verdictBalance(totals, wording),
    outcomeBalance: outcomeBalance(totals, wording),
    waived: waivedWords(totals, wording),
    notJudged: notJudgedWords(report, wording),
  };
}

/** The state of the resources: today, since the day before, and over the last two weeks. */
function judgedView(report: DailyReport, limits: PageLimits, wording: BackupWording) {
  const { timezone } = report.reportDay;
  const { resources, incidents, changes } = report;
  const { exceptions: most, rows, listed } = limits;
  const list = lister(wording);
  const exception = (resource: ResourceCompliance) => exceptionView(resource, report.reportDay, wording);
  const exceptions = exceptionList(report, most, wording);
  const waivedExceptions = list(
    resources.filter((resource) => isWaivedBad(resource)),
    most,
    'waivedResource',
    exception,
  );
  const detailed = new Set([
    ...exceptions.items.flatMap(anchorsOf),
    ...waivedExceptions.items.map(({ anchor }) => anchor),
  ]);
  const row = (resource: ResourceCompliance) => {
    const view = listRow(resource, timezone, wording);
    return { ...view, isTold: detailed.has(view.anchor) };
  };
  const otherFindings = resources.filter((r) => r.findings.length > 0 && !isBad(r.compliance));
  return {
    stripLegend: stripLegend(wording),
    exceptions,
    waivedExceptions,
    ...firstList(exceptions, waivedExceptions),
    incidents: list(incidents, most, 'incident', (each) => incidentView(each, timezone, wording)),
    changes: list(changes, most, 'change', (each) => changeView(each, timezone, wording)),
    resourceFindings: list(otherFindings, most, 'resource', (each) => findingsView(each, wording)),
    trend: trendRows(report.trend, wording, shareWords(report, wording)),
    resources: list(resources, rows, 'resource', row),
    onlyListed:
      resources.length <= listed
        ? null
        : wording.text('page.resources.onlyListed', { number: listed, total: resources.length }),
  };
}

/** Where all that is bad is accepted for now, no empty list of exceptions stands before it. */
function firstList(exceptions: CappedList<unknown>, waived: CappedList<unknown>) {
  const hasExceptionList = exceptions.items.length > 0 || waived.items.length === 0;
  return { hasExceptionList, skipTo: hasExceptionList ? 'exceptions' : 'waived' };
}

/** The exceptions as cards; the count is of resources. */
function exceptionList({ resources, reportDay }: DailyReport, most: number, wording: BackupWording) {
  const all = resources.filter((resource) => isException(resource));
  const cards = exceptionCards(all, { ...reportDay, most }, wording);
  const left = all.length - cards.reduce((sum, { group }) => sum + (group?.size ?? 1), 0);
  return {
    items: cards,
    more: left === 0 ? null : wording.text('page.more.exception', { number: left }),
    count: wording.language.integer(all.length),
    /** Whether a card shows the letters of the last days. */
    hasStrips: cards.some(({ resource }) => resource !== null),
  };
}

/**
 * The filters of the table of all resources that have fixed choices, worst first. Other filters use the values in the
 * rows.
 */
function filterChoices(wording: BackupWording) {
  return {
    outcomes: outcomes.map((key) => ({ key, words: wording.outcome(key).words })),
    verdicts: verdicts.map((key) => ({ key, words: wording.verdict(key).words })),
    severities: severities.map((key) => ({ key, words: wording.severity(key).words })),
  };
}

/** What the resources are judged by, and any problems with it. */
function rulesView(report: DailyReport, wording: BackupWording) {
  const list = lister(wording);
  return {
    waivers: list(report.waivers, pageListCap, 'waiver', (waiver) => waiverView(waiver, wording)),
    findings: list(report.findings, pageListCap, 'finding', ({ kind, subject, words }) => ({
      kind: wording.finding(kind),
      subject: shortText(subject),
      words: shortText(words),
    })),
    controls: report.controls.map((summary) => controlRow(summary, wording)),
    policies: list(report.policies, pageListCap, 'policy', (policy) => policyView(policy, wording)),
  };
}

/** Which resources are in the population and which are not, and where the data comes from. */
function populationView(report: DailyReport, wording: BackupWording) {
  const { timezone } = report.reportDay;
  const { notInInventory, excludedResources, formerResources, jobTotals } = report;
  const list = lister(wording);
  return {
    notInInventory: list(notInInventory, pageListCap, 'resource', (each) =>
      unjudgedRow(each, timezone, wording),
    ),
    excluded: list(excludedResources, pageListCap, 'resource', (each) =>
      unjudgedRow(each, timezone, wording),
    ),
    former: list(formerResources, pageListCap, 'resource', (each) => formerRow(each, timezone, wording)),
    jobTiles: jobStatuses.map((status) => ({
      ...tile(wording.jobStatus(status), jobTotals.byStatus[status], wording),
      // The colour that the charts give it.
      class: statusClass(status),
    })),
    provenance: provenanceView(report, wording),
    frameworks: frameworkViews(report, wording),
  };
}

/** Creates lists with their full count, which a heading shows. */
function lister(wording: BackupWording) {
  return <Source, Item>(
    all: readonly Source[],
    cap: number,
    noun: MoreNoun,
    view: (source: Source) => Item,
  ): CappedList<Item> & { readonly count: string } => ({
    ...capped(all, { cap, noun, wording }, view),
    count: wording.language.integer(all.length),
  });
}

function controlRow({ control, byVerdict }: ControlSummary, wording: BackupWording) {
  const counts = {
    nonCompliant: byVerdict.NON_COMPLIANT,
    unknown: byVerdict.UNKNOWN,
    compliant: byVerdict.COMPLIANT,
    notApplicable: byVerdict.NOT_APPLICABLE,
  };
  return { ...wording.control(control), tiles: verdictTiles(counts, wording) };
}

type VerdictCounts = Pick<ReportTotals, 'nonCompliant' | 'unknown' | 'compliant' | 'notApplicable'>;

/** Worst first. */
function verdictTiles(counts: VerdictCounts, wording: BackupWording): readonly Tile[] {
  return [
    tile(wording.verdict('NON_COMPLIANT'), counts.nonCompliant, wording),
    tile(wording.verdict('UNKNOWN'), counts.unknown, wording),
    tile(wording.verdict('COMPLIANT'), counts.compliant, wording),
    tile(wording.verdict('NOT_APPLICABLE'), counts.notApplicable, wording),
  ];
}

/** `2 excluded by a rule, 1 not in the inventory: listed below, not judged.`; null if there are none. */
function notJudgedWords({ totals, notInInventory }: DailyReport, { text }: BackupWording): string | null {
  const parts: string[] = [];
  if (totals.excluded > 0) parts.push(text('page.notJudged.excluded', { number: totals.excluded }));
  if (notInInventory.length > 0) {
    parts.push(text('page.notJudged.notInInventory', { number: notInInventory.length }));
  }
  return parts.length === 0 ? null : text('page.notJudged.words', { parts: parts.join(', ') });
}
