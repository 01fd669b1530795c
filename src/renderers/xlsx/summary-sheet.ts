import type ExcelJS from 'exceljs';
import { jobStatuses } from '../../model/backup-job.js';
import type { DailyReport } from '../../model/daily-report.js';
import { outcomes } from '../../model/resource-compliance.js';
import {
  type Label,
  controlLabels,
  findingLabels,
  jobStatusLabels,
  outcomeLabels,
  reportVerdictLabel,
  verdictLabels,
} from '../labels.js';
import type { CellTimes } from './cell-times.js';
import { countHeaderStyle, factCountStyle, percentStyle, timeStyle } from './cell-styles.js';
import { FactSheet, type FactCell } from './fact-sheet.js';

/** Verdict, completeness and totals: the page that a person reads first. */
export function writeSummary(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  report: DailyReport,
  times: CellTimes,
): void {
  const sheet = new FactSheet(workbook, 'Summary', [34, 22, 16, 16, 16]);
  writeFace(sheet, report, times);
  writeVerdicts(sheet, report);
  writeFollowUp(sheet, report);
  sheet.section('Resources by outcome');
  for (const outcome of outcomes)
    sheet.row(counted(outcomeLabels[outcome], report.totals.byOutcome[outcome]));

  sheet.section('Jobs by status');
  for (const status of jobStatuses)
    sheet.row(counted(jobStatusLabels[status], report.jobTotals.byStatus[status]));
  sheet.row(['All jobs', report.jobTotals.total]);

  sheet.section('Controls');
  const verdicts = ['COMPLIANT', 'NON_COMPLIANT', 'UNKNOWN', 'NOT_APPLICABLE'] as const;
  sheet.header(['Control', ...verdicts.map((verdict) => verdictLabels[verdict].words)], countHeaderStyle);
  for (const { control, byVerdict } of report.controls) {
    sheet.row([controlLabels[control].words, ...verdicts.map((verdict) => byVerdict[verdict])]);
  }
  sheet.close();
}

/** What the report is of, and its verdict. */
function writeFace(sheet: FactSheet, report: DailyReport, { zone, time }: CellTimes): void {
  const { reportDay, slice } = report;
  sheet.title(`Backup report ${reportDay.date}`);
  if (slice !== null) {
    const part = `${slice.name}: ${slice.resources} of ${slice.ofResources} resources`;
    sheet.row([{ words: 'Slice, not the whole', tone: 'info' }, part]);
  }
  sheet.row(['Verdict', reportVerdictLabel(report)]);
  sheet.row(['Completeness', { words: report.status, tone: report.status === 'COMPLETE' ? 'good' : 'bad' }]);
  for (const reason of report.statusReasons) sheet.row(['Not complete because', reason]);
  sheet.row(['Plan', report.plan]);
  sheet.row([`Day begins (${zone})`, time(reportDay.start)], timeStyle);
  sheet.row([`Cut-off (${zone})`, time(reportDay.cutOff)], timeStyle);
  sheet.row(['Hours of the day', reportDay.hours], factCountStyle);
  sheet.row([`Made at (${zone})`, time(report.generatedAt)], timeStyle);
}

function writeVerdicts(sheet: FactSheet, { totals, notInInventory, formerResources }: DailyReport): void {
  sheet.section('Resources by verdict');
  sheet.row(['Expected', totals.expected]);
  sheet.row(counted(verdictLabels.COMPLIANT, totals.compliant));
  sheet.row(counted(verdictLabels.NON_COMPLIANT, totals.nonCompliant));
  sheet.row(counted(verdictLabels.UNKNOWN, totals.unknown));
  sheet.row(counted(verdictLabels.NOT_APPLICABLE, totals.notApplicable));
  const percent = totals.compliancePercent;
  sheet.row(['Compliance', percent === null ? 'nothing judged' : percent / 100], percentStyle);

  sheet.section('Counted apart');
  sheet.row(counted({ words: 'Waived', tone: 'info' }, totals.waived));
  sheet.row(counted({ words: 'Waived, non-compliant or unknown', tone: 'warn' }, totals.waivedBad));
  sheet.row(['Excluded by a rule, not judged', totals.excluded]);
  sheet.row(['Not in the inventory, not judged', notInInventory.length]);
  sheet.row(['Former resources', formerResources.length]);
}

/** What is new, and what a person should put right. */
function writeFollowUp(sheet: FactSheet, { followUp, changes, findings }: DailyReport): void {
  const { comparedWith, newlyBad, resolved } = followUp;
  sheet.section('Since the previous report');
  sheet.row(['Compared with', comparedWith ?? 'no earlier report']);
  if (comparedWith !== null) {
    sheet.row(counted({ words: 'Newly non-compliant or unknown', tone: 'bad' }, newlyBad.length));
    sheet.row(counted({ words: 'Resolved', tone: 'good' }, resolved.length));
  }
  sheet.row(['Changes of the day', changes.length]);
  sheet.section('Findings about rules and estate');
  sheet.row(['In all', findings.length]);
  for (const { words, count } of countedKinds(findings)) sheet.row([words, count]);
}

/** Kinds in the order in which the findings tell of them. */
function countedKinds(findings: DailyReport['findings']) {
  const counts = new Map<string, number>();
  for (const { kind } of findings) {
    const { words } = findingLabels[kind];
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => ({ words, count }));
}

/** A line with its colour where there is something to see, and without where there is none. */
function counted(label: Label, count: number): readonly FactCell[] {
  return [count > 0 ? label : label.words, count];
}
