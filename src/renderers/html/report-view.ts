import { jobStatuses } from '../../model/backup-job.js';
import type { ControlSummary, DailyReport, ReportTotals } from '../../model/daily-report.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import {
  controlLabels,
  findingLabels,
  formatCount,
  formatInteger,
  formatPercent,
  formatTime,
  jobStatusLabels,
  reportVerdictLabel,
  verdictLabels,
} from '../labels.js';
import { changeView } from './change-view.js';
import { followUpView } from './follow-up-view.js';
import { incidentView } from './incident-view.js';
import { outcomeBar } from './outcome-bar.js';
import { stripLegend } from './outcome-strip.js';
import { policyView } from './policy-view.js';
import { provenanceView } from './provenance-view.js';
import {
  exceptionView,
  findingsView,
  isBad,
  isException,
  isWaivedBad,
  resourceRow,
} from './resource-view.js';
import { trendRows } from './trend-view.js';
import { formerRow, unjudgedRow } from './unjudged-view.js';
import {
  capped,
  outcomeBalance,
  outcomeTiles,
  shortText,
  sliceWords,
  tile,
  unusualHours,
  verdictBalance,
  waivedWords,
  windowWords,
  type CappedList,
  type Tile,
} from './view-parts.js';
import { waiverView } from './waiver-view.js';

/** Rows of the table of all resources. A browser on a phone still scrolls a page of this size. */
export const resourceCap = 2_000;
/** Exceptions, findings, incidents and changes that the page tells in full. */
export const exceptionCap = 1_000;
/** Rules, and resources that are not judged. */
const listCap = 500;

/** Everything that templates/report.html.hbs may show, in words. */
export type ReportView = ReturnType<typeof reportView>;

export function reportView(report: DailyReport) {
  return { ...faceView(report), ...judgedView(report), ...rulesView(report), ...populationView(report) };
}

/** What the reader sees first: verdict, completeness and totals. */
function faceView(report: DailyReport) {
  const { reportDay, totals } = report;
  const { timezone } = reportDay;
  return {
    plan: shortText(report.plan),
    slice: sliceWords(report),
    date: shortText(reportDay.date),
    timezone: shortText(timezone),
    window: windowWords(reportDay.start, reportDay.cutOff, timezone),
    hours: formatCount(reportDay.hours, 'hour'),
    unusualHours: unusualHours(reportDay.hours),
    generatedAt: formatTime(report.generatedAt, timezone),
    tool: shortText(`${report.tool.name} ${report.tool.version}`),
    verdict: reportVerdictLabel(report),
    headline: headline(report),
    percent: formatPercent(totals.compliancePercent),
    incomplete: report.status === 'INCOMPLETE',
    statusReasons: report.statusReasons.map((reason) => shortText(reason)),
    nothingSeen: totals.expected === 0,
    verdictTiles: [
      tile({ words: 'Expected', tone: 'quiet' }, totals.expected),
      ...verdictTiles(totals),
      tile({ words: 'Waived', tone: 'info' }, totals.waived),
    ],
    outcomeTiles: outcomeTiles(totals),
    outcomeBar: outcomeBar(totals.byOutcome),
    verdictBalance: verdictBalance(totals),
    outcomeBalance: outcomeBalance(totals),
    waived: waivedWords(totals),
    notJudged: notJudgedWords(report),
  };
}

/** What became of the resources: today, since the day before, and in the last two weeks. */
function judgedView(report: DailyReport) {
  const { timezone } = report.reportDay;
  const exception = (resource: ResourceCompliance) => exceptionView(resource, report.reportDay);
  const exceptions = report.resources.filter((resource) => isException(resource));
  const waivedBad = report.resources.filter((resource) => isWaivedBad(resource));
  const otherFindings = report.resources.filter((r) => r.findings.length > 0 && !isBad(r));
  return {
    stripLegend,
    exceptions: listed(exceptions, exceptionCap, 'exception', exception),
    waivedExceptions: listed(waivedBad, exceptionCap, 'waived resource', exception),
    followUp: followUpView(report),
    incidents: listed(report.incidents, exceptionCap, 'incident', (each) => incidentView(each, timezone)),
    changes: listed(report.changes, exceptionCap, 'change', (each) => changeView(each, timezone)),
    resourceFindings: listed(otherFindings, exceptionCap, 'resource', (each) => findingsView(each)),
    trend: trendRows(report.trend),
    resources: listed(report.resources, resourceCap, 'resource', (each) => resourceRow(each, timezone)),
  };
}

/** What the resources are judged by, and what is wrong with that. */
function rulesView(report: DailyReport) {
  return {
    waivers: listed(report.waivers, listCap, 'waiver', (waiver) => waiverView(waiver)),
    findings: listed(report.findings, listCap, 'finding', ({ kind, subject, words }) => ({
      kind: findingLabels[kind],
      subject: shortText(subject),
      words: shortText(words),
    })),
    controls: report.controls.map((summary) => controlRow(summary)),
    policies: listed(report.policies, listCap, 'policy', (policy) => policyView(policy), 'policies'),
  };
}

/** Who is in the population and who is not, and where all of it comes from. */
function populationView(report: DailyReport) {
  const { timezone } = report.reportDay;
  const { notInInventory, excludedResources, formerResources, jobTotals } = report;
  return {
    notInInventory: listed(notInInventory, listCap, 'resource', (each) => unjudgedRow(each, timezone)),
    excluded: listed(excludedResources, listCap, 'resource', (each) => unjudgedRow(each, timezone)),
    former: listed(formerResources, listCap, 'resource', (each) => formerRow(each, timezone)),
    jobTiles: jobStatuses.map((status) => tile(jobStatusLabels[status], jobTotals.byStatus[status])),
    provenance: provenanceView(report),
  };
}

/** The whole day in one sentence, under the verdict. */
export function headline({ totals }: Pick<DailyReport, 'totals'>): string {
  const { expected, compliant, nonCompliant, unknown, notApplicable, waivedBad } = totals;
  if (expected === 0) return 'Nothing was seen: there is no resource to judge, which says nothing good.';
  const parts = [`${formatInteger(compliant)} of ${formatCount(expected, 'resource')} compliant`];
  if (nonCompliant > 0) parts.push(`${formatInteger(nonCompliant)} non-compliant`);
  if (unknown > 0) parts.push(`${formatInteger(unknown)} unknown`);
  if (notApplicable > 0) parts.push(`${formatInteger(notApplicable)} not applicable`);
  const waived =
    waivedBad === 0 ? '' : `; ${formatInteger(waivedBad)} of the non-compliant and unknown waived`;
  return `${parts.join(', ')}${waived}.`;
}

/** A list with its whole count, which a heading shows. */
function listed<Source, Item>(
  all: readonly Source[],
  cap: number,
  noun: string,
  view: (source: Source) => Item,
  plural?: string,
): CappedList<Item> & { readonly count: string } {
  return { ...capped(all, cap, noun, view, plural), count: formatInteger(all.length) };
}

function controlRow({ control, byVerdict }: ControlSummary) {
  return {
    ...controlLabels[control],
    tiles: verdictTiles({
      nonCompliant: byVerdict.NON_COMPLIANT,
      unknown: byVerdict.UNKNOWN,
      compliant: byVerdict.COMPLIANT,
      notApplicable: byVerdict.NOT_APPLICABLE,
    }),
  };
}

type VerdictCounts = Pick<ReportTotals, 'nonCompliant' | 'unknown' | 'compliant' | 'notApplicable'>;

/** Worst first. */
function verdictTiles(counts: VerdictCounts): readonly Tile[] {
  return [
    tile(verdictLabels.NON_COMPLIANT, counts.nonCompliant),
    tile(verdictLabels.UNKNOWN, counts.unknown),
    tile(verdictLabels.COMPLIANT, counts.compliant),
    tile(verdictLabels.NOT_APPLICABLE, counts.notApplicable),
  ];
}

/** `2 excluded by a rule, 1 not in the inventory: listed below, not judged.`; null where there is none. */
function notJudgedWords({ totals, notInInventory }: DailyReport): string | null {
  const parts: string[] = [];
  if (totals.excluded > 0) parts.push(`${formatInteger(totals.excluded)} excluded by a rule`);
  if (notInInventory.length > 0) parts.push(`${formatInteger(notInInventory.length)} not in the inventory`);
  return parts.length === 0 ? null : `${parts.join(', ')}: listed below, not judged.`;
}
