import type { DailyReport } from '../../model/daily-report.js';
import type { Incident } from '../../model/incident.js';
import { jobStatuses } from '../../model/backup-job.js';
import {
  controlLabels,
  formatCount,
  formatInteger,
  formatPercent,
  formatTime,
  jobStatusLabels,
  reportVerdict,
  verdictLabels,
  type Label,
} from '../labels.js';
import { outcomeBar, type BarSegment } from './outcome-bar.js';
import { provenanceView, type ProvenanceView } from './provenance-view.js';
import {
  exceptionView,
  findingsView,
  isException,
  resourceRow,
  type ExceptionView,
  type FindingsView,
  type ResourceRow,
} from './resource-view.js';
import {
  capped,
  outcomeBalance,
  outcomeTiles,
  shortText,
  tile,
  unusualHours,
  verdictBalance,
  windowWords,
  type Balance,
  type CappedList,
  type Tile,
} from './view-parts.js';

/** Rows of the table of all resources. A browser on a phone still scrolls a page of this size. */
export const resourceCap = 2_000;
/** Exceptions, findings and incidents that the page tells in full. */
export const exceptionCap = 1_000;

export interface IncidentView {
  readonly name: string;
  readonly kind: string;
  readonly condition: string;
  readonly state: Label;
  readonly bearing: string;
  readonly opened: string;
  readonly lastSeen: string;
  readonly cleared: string;
  readonly description: string | null;
}

/** Everything that templates/report.html.hbs may show, in words. */
export interface ReportView {
  readonly plan: string;
  readonly date: string;
  readonly timezone: string;
  readonly window: string;
  readonly hours: string;
  readonly unusualHours: string | null;
  readonly generatedAt: string;
  readonly tool: string;
  readonly verdict: Label;
  readonly headline: string;
  readonly percent: string;
  readonly incomplete: boolean;
  readonly statusReasons: readonly string[];
  readonly nothingSeen: boolean;
  readonly verdictTiles: readonly Tile[];
  readonly outcomeTiles: readonly Tile[];
  readonly outcomeBar: readonly BarSegment[];
  readonly verdictBalance: Balance;
  readonly outcomeBalance: Balance;
  readonly exceptionCount: string;
  readonly exceptions: CappedList<ExceptionView>;
  readonly findings: CappedList<FindingsView>;
  readonly incidentCount: string;
  readonly incidents: CappedList<IncidentView>;
  readonly resourceCount: string;
  readonly resources: CappedList<ResourceRow>;
  readonly controls: readonly {
    readonly words: string;
    readonly asks: string;
    readonly tiles: readonly Tile[];
  }[];
  readonly jobTiles: readonly Tile[];
  readonly provenance: ProvenanceView;
}

export function reportView(report: DailyReport): ReportView {
  const { reportDay, totals } = report;
  const zone = reportDay.timezone;
  const exceptions = report.resources.filter((resource) => isException(resource));
  const otherFindings = report.resources.filter((r) => r.findings.length > 0 && !isException(r));
  return {
    plan: shortText(report.plan),
    date: shortText(reportDay.date),
    timezone: shortText(zone),
    window: windowWords(reportDay.start, reportDay.cutOff, zone),
    hours: formatCount(reportDay.hours, 'hour'),
    unusualHours: unusualHours(reportDay.hours),
    generatedAt: formatTime(report.generatedAt, zone),
    tool: shortText(`${report.tool.name} ${report.tool.version}`),
    verdict: reportVerdict(report),
    headline: headline(report),
    percent: formatPercent(totals.compliancePercent),
    incomplete: report.status === 'INCOMPLETE',
    statusReasons: report.statusReasons.map((reason) => shortText(reason)),
    nothingSeen: totals.expected === 0,
    verdictTiles: [
      tile({ words: 'Expected', tone: 'quiet' }, totals.expected),
      tile(verdictLabels.NON_COMPLIANT, totals.nonCompliant),
      tile(verdictLabels.UNKNOWN, totals.unknown),
      tile(verdictLabels.COMPLIANT, totals.compliant),
      tile(verdictLabels.NOT_APPLICABLE, totals.notApplicable),
      tile({ words: 'Waived', tone: 'info' }, totals.waived),
    ],
    outcomeTiles: outcomeTiles(report),
    outcomeBar: outcomeBar(totals.byOutcome),
    verdictBalance: verdictBalance(report),
    outcomeBalance: outcomeBalance(report),
    exceptionCount: formatInteger(exceptions.length),
    exceptions: capped(exceptions, exceptionCap, 'exception', (resource) => exceptionView(resource, zone)),
    findings: capped(otherFindings, exceptionCap, 'resource', (resource) => findingsView(resource)),
    incidentCount: formatInteger(report.incidents.length),
    incidents: capped(report.incidents, exceptionCap, 'incident', (incident) => incidentView(incident, zone)),
    resourceCount: formatInteger(report.resources.length),
    resources: capped(report.resources, resourceCap, 'resource', (resource) => resourceRow(resource, zone)),
    controls: report.controls.map(({ control, byVerdict }) => ({
      ...controlLabels[control],
      tiles: [
        tile(verdictLabels.NON_COMPLIANT, byVerdict.NON_COMPLIANT),
        tile(verdictLabels.UNKNOWN, byVerdict.UNKNOWN),
        tile(verdictLabels.COMPLIANT, byVerdict.COMPLIANT),
        tile(verdictLabels.NOT_APPLICABLE, byVerdict.NOT_APPLICABLE),
      ],
    })),
    jobTiles: jobStatuses.map((status) => tile(jobStatusLabels[status], report.jobTotals.byStatus[status])),
    provenance: provenanceView(report),
  };
}

/** The whole day in one sentence, under the verdict. */
export function headline(report: DailyReport): string {
  const { expected, compliant, nonCompliant, unknown, notApplicable } = report.totals;
  if (expected === 0) return 'Nothing was seen: there is no resource to judge, which says nothing good.';
  const parts = [`${formatInteger(compliant)} of ${formatCount(expected, 'resource')} compliant`];
  if (nonCompliant > 0) parts.push(`${formatInteger(nonCompliant)} non-compliant`);
  if (unknown > 0) parts.push(`${formatInteger(unknown)} unknown`);
  if (notApplicable > 0) parts.push(`${formatInteger(notApplicable)} not applicable`);
  return `${parts.join(', ')}.`;
}

function incidentView(incident: Incident, timezone: string): IncidentView {
  const time = (iso: string | null, missing: string): string =>
    iso === null ? missing : shortText(formatTime(iso, timezone));
  return {
    name: shortText(incident.resourceName),
    kind: shortText(incident.resourceType),
    condition: shortText(incident.condition),
    state: incidentState(incident),
    bearing: incident.bearsOnBackups ? 'Backup failure' : 'Context only',
    opened: time(incident.openedAt, 'opening not seen'),
    lastSeen: time(incident.lastSeenAt, ''),
    cleared: time(incident.clearedAt, 'not cleared'),
    description: incident.description === null ? null : shortText(incident.description),
  };
}

function incidentState(incident: Incident): Label {
  if (incident.state === 'cleared') return { words: 'Cleared', tone: 'quiet' };
  return { words: 'Open', tone: incident.bearsOnBackups ? 'bad' : 'warn' };
}
