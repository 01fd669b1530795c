import type { DailyReport } from '../../model/daily-report.js';
import type { Branding } from '../../../../renderers/theme.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import {
  type Fields,
  boolean,
  date,
  number,
  percent,
  text,
  time,
} from '../../../../renderers/xlsx/binding/field.js';

/** COMPLETE or INCOMPLETE in the report's language. */
export function statusWords(status: DailyReport['status'], { text: message }: Wording): string {
  return message(`workbook.status.${status}`);
}

export function dayFields(): Fields<DailyReport> {
  return {
    date: date(({ reportDay }) => reportDay.date),
    zone: text(({ reportDay }) => reportDay.timezone),
    begins: time(({ reportDay }) => reportDay.start),
    cutOff: time(({ reportDay }) => reportDay.cutOff),
    hours: number(({ reportDay }) => reportDay.hours),
  };
}

export function reportFields(wording: Wording, branding: Branding): Fields<DailyReport> {
  return {
    plan: text((report) => report.plan),
    verdict: text((report) => wording.reportVerdict(report).words),
    completeness: text((report) => statusWords(report.status, wording)),
    isComplete: boolean((report) => report.status === 'COMPLETE'),
    madeAt: time((report) => report.generatedAt),
    daysLater: number((report) => report.generatedDaysLater),
    tool: text(({ tool }) => `${tool.name} ${tool.version}`),
    inventory: text(({ inventory }) => `${inventory.type}: ${inventory.description}`),
    company: text(() => branding.company),
    footer: text(() => branding.footer),
    changes: number((report) => report.changes.length),
    findings: number((report) => report.findings.length),
    incidents: number((report) => report.incidents.length),
    waivers: number((report) => report.waivers.length),
    jobs: number((report) => report.jobTotals.total),
    ...memoryFields(wording),
    ...recordFields(),
  };
}

/** What the report goes on from. */
function memoryFields(wording: Wording): Fields<DailyReport> {
  const { text: message, language } = wording;
  return {
    comparedWith: date(({ followUp }) => followUp.comparedWith ?? message('workbook.noEarlierReport')),
    newlyBad: number(({ followUp }) => (followUp.comparedWith === null ? null : followUp.newlyBad.length)),
    resolved: number(({ followUp }) => (followUp.comparedWith === null ? null : followUp.resolved.length)),
    goesOnFrom: text(({ previousReport }) => {
      if (previousReport === null) return message('workbook.coldStart');
      const { date: day, status } = previousReport;
      const values = { date: language.date(day), status: statusWords(status, wording) };
      return message('workbook.goesOnFrom', values);
    }),
    previousDigest: text(({ previousReport }) => previousReport?.contentDigest ?? null),
    bridgedDays: text(
      ({ previousReport }) => previousReport?.bridgedDays.map((day) => language.date(day)).join(', ') || null,
    ),
    knownSince: time((report) => report.knownSince),
    unrouted: number(({ routing }) => routing?.unrouted ?? null),
  };
}

/** Of the records of all sources. */
function recordFields(): Fields<DailyReport> {
  return {
    recordsRead: number((report) => report.controlTotals.read),
    recordsUsed: number((report) => report.controlTotals.used),
    recordsDuplicate: number((report) => report.controlTotals.duplicate),
    recordsOutside: number((report) => report.controlTotals.outside),
    recordsIgnored: number((report) => report.controlTotals.ignored),
    recordsRejected: number((report) => report.controlTotals.rejected),
    unknownTypes: number((report) => report.unrecognisedTypes.length),
    runningAttempts: number((report) => report.runningAttempts.length),
  };
}

export function totalsFields(wording: Wording): Fields<DailyReport> {
  return {
    expected: number(({ totals }) => totals.expected),
    compliant: number(({ totals }) => totals.compliant),
    nonCompliant: number(({ totals }) => totals.nonCompliant),
    unknown: number(({ totals }) => totals.unknown),
    notApplicable: number(({ totals }) => totals.notApplicable),
    percent: percent(({ totals }) =>
      totals.compliancePercent === null ? wording.percent(null) : totals.compliancePercent / 100,
    ),
    waived: number(({ totals }) => totals.waived),
    waivedBad: number(({ totals }) => totals.waivedBad),
    excluded: number(({ totals }) => totals.excluded),
    notInInventory: number((report) => report.notInInventory.length),
    former: number((report) => report.formerResources.length),
  };
}
