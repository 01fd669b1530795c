import type { Branding } from '../../../../renderers/view/branding.js';
import type { WorkbookEdition } from '../../../../renderers/xlsx/binding/report-lists.js';
import {
  type Fields,
  booleanField,
  dateField,
  numberField,
  percentField,
  textField,
  timeField,
} from '../../../../renderers/xlsx/binding/field.js';
import type { DailyReport } from '../../model/daily-report.js';
import type { BackupWording } from '../backup-wording.js';
import { compliantShare } from '../compliant-share.js';

/** COMPLETE or INCOMPLETE in the report's language. */
export function statusWords(status: DailyReport['status'], { text: message }: BackupWording): string {
  return message(`workbook.status.${status}`);
}

export function dayFields(): Fields<DailyReport> {
  return {
    date: dateField(({ reportDay }) => reportDay.date),
    zone: textField(({ reportDay }) => reportDay.timezone),
    begins: timeField(({ reportDay }) => reportDay.start),
    cutOff: timeField(({ reportDay }) => reportDay.cutOff),
    hours: numberField(({ reportDay }) => reportDay.hours),
  };
}

export function reportFields(
  wording: BackupWording,
  branding: Branding,
  edition: WorkbookEdition,
): Fields<DailyReport> {
  return {
    plan: textField((report) => report.plan),
    verdict: textField((report) => wording.reportVerdict(report).words),
    completeness: textField((report) => statusWords(report.status, wording)),
    isComplete: booleanField((report) => report.status === 'COMPLETE'),
    madeAt: timeField((report) => report.generatedAt),
    daysLater: numberField((report) => report.generatedDaysLater),
    tool: textField(({ tool }) => `${tool.name} ${tool.version}`),
    inventory: textField(({ inventory }) => `${inventory.type}: ${inventory.description}`),
    company: textField(() => branding.company),
    footer: textField(() => branding.footer),
    file: textField(() => edition.file),
    revision: numberField(() => edition.revision),
    revisionWords: textField(() => editionWords('revision', { number: edition.revision }, wording)),
    contentDigest: textField(() => edition.contentDigest),
    digestWords: textField(() => editionWords('digest', { digest: edition.contentDigest }, wording)),
    exceptions: {
      kind: 'number',
      value: (report) => exceptionsOf(report, wording),
    },
    accepted: numberField(({ totals }) => totals.waivedBad),
    changes: numberField((report) => report.changes.length),
    findings: numberField((report) => report.findings.length),
    incidents: numberField((report) => report.incidents.length),
    waivers: numberField((report) => report.waivers.length),
    jobs: numberField((report) => report.jobTotals.total),
    ...memoryFields(wording),
    ...recordFields(),
  };
}

/** For the margin of a page; null: not known. */
function editionWords(
  key: string,
  values: Readonly<Record<string, number | string | null>>,
  { text }: BackupWording,
): string | null {
  return Object.values(values).includes(null) ? null : text(`workbook.footer.${key}`, values);
}

/** How many; in words where none was seen and not everything was read: that is not none. */
function exceptionsOf({ totals, status }: DailyReport, { text }: BackupWording): number | string {
  const count = totals.nonCompliant + totals.unknown - totals.waivedBad;
  return count === 0 && status === 'INCOMPLETE' ? text('workbook.noneSeen') : count;
}

/** What the report continues from. */
function memoryFields(wording: BackupWording): Fields<DailyReport> {
  const { text: message, language } = wording;
  return {
    comparedWith: dateField(({ followUp }) => followUp.comparedWith ?? message('workbook.noEarlierReport')),
    newlyBad: numberField(({ followUp }) =>
      followUp.comparedWith === null ? null : followUp.newlyBad.length,
    ),
    resolved: numberField(({ followUp }) =>
      followUp.comparedWith === null ? null : followUp.resolved.length,
    ),
    goesOnFrom: textField(({ previousReport }) => {
      if (previousReport === null) return message('workbook.coldStart');
      const { date: day, status } = previousReport;
      const values = { date: language.date(day), status: statusWords(status, wording) };
      return message('workbook.goesOnFrom', values);
    }),
    previousDigest: textField(({ previousReport }) => previousReport?.contentDigest ?? null),
    bridgedDays: textField(
      ({ previousReport }) => previousReport?.bridgedDays.map((day) => language.date(day)).join(', ') || null,
    ),
    knownSince: timeField((report) => report.knownSince),
    unrouted: numberField(({ routing }) => routing?.unrouted ?? null),
  };
}

/** Counts of the records of all sources. */
function recordFields(): Fields<DailyReport> {
  return {
    recordsRead: numberField((report) => report.controlTotals.read),
    recordsUsed: numberField((report) => report.controlTotals.used),
    recordsDuplicate: numberField((report) => report.controlTotals.duplicate),
    recordsOutside: numberField((report) => report.controlTotals.outside),
    recordsIgnored: numberField((report) => report.controlTotals.ignored),
    recordsRejected: numberField((report) => report.controlTotals.rejected),
    unknownTypes: numberField((report) => report.unrecognisedTypes.length),
    furtherIgnored: numberField((report) => report.furtherIgnored ?? null),
    runningAttempts: numberField((report) => report.runningAttempts.length),
  };
}

export function totalsFields(wording: BackupWording): Fields<DailyReport> {
  return {
    expected: numberField(({ totals }) => totals.expected),
    compliant: numberField(({ totals }) => totals.compliant),
    nonCompliant: numberField(({ totals }) => totals.nonCompliant),
    unknown: numberField(({ totals }) => totals.unknown),
    notApplicable: numberField(({ totals }) => totals.notApplicable),
    percent: percentField(({ totals }) => compliantShare(totals) ?? wording.percent(null)),
    waived: numberField(({ totals }) => totals.waived),
    waivedBad: numberField(({ totals }) => totals.waivedBad),
    excluded: numberField(({ totals }) => totals.excluded),
    notInInventory: numberField((report) => report.notInInventory.length),
    former: numberField((report) => report.formerResources.length),
  };
}
