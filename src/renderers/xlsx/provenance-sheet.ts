import type ExcelJS from 'exceljs';
import type { DailyReport, PolicyReport } from '../../model/daily-report.js';
import { severityLabels } from '../labels.js';
import { factCountStyle } from './cell-styles.js';
import { FactSheet } from './fact-sheet.js';
import type { Column } from './column.js';

/** A table of the workbook, for the definitions of its columns. */
export interface DescribedTable {
  readonly name: string;
  readonly columns: readonly Pick<Column<never>, 'header' | 'meaning'>[];
}

const dispositions = ['read', 'used', 'duplicate', 'outside', 'ignored', 'rejected'] as const;

/** Where the figures come from: what an auditor asks for. */
export function writeProvenance(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  report: DailyReport,
  tables: readonly DescribedTable[],
): void {
  const sheet = new FactSheet(workbook, 'Provenance', [36, 76, 40]);
  sheet.title('Provenance');
  sheet.row(['Made by', `${report.tool.name} ${report.tool.version}`]);
  sheet.row(['Made at (UTC)', report.generatedAt]);
  sheet.row(['Inventory', `${report.inventory.type}: ${report.inventory.description}`]);
  sheet.row(['Digests', 'manifest.json, beside this file in the archive, has the sha-256 of each artefact']);
  writeMemory(sheet, report);
  writePolicies(sheet, report.policies);
  for (const source of report.sources) {
    sheet.section(`Source ${source.name}`);
    sheet.row(['Asked for', source.request]);
    sheet.row(['From (UTC)', source.windowStart]);
    sheet.row(['To, not included (UTC)', source.windowEnd]);
    sheet.row(['Complete', source.complete ? 'yes' : 'no']);
    for (const reason of source.reasons) sheet.row(['Not complete because', reason]);
    for (const name of dispositions)
      sheet.row([`Records ${name}`, source.controlTotals[name]], factCountStyle);
  }
  sheet.section('Records that could not be read');
  sheet.row(['In all', report.controlTotals.rejected], factCountStyle);
  if (report.rejectedRecords.length > 0) sheet.header(['sha-256', 'Reason', 'Excerpt']);
  for (const { sha256, reason, excerpt } of report.rejectedRecords) sheet.row([sha256, reason, excerpt]);
  sheet.section('Event types about backups that this version does not know');
  sheet.row(['In all', report.unrecognisedTypes.length], factCountStyle);
  for (const { eventType, events } of report.unrecognisedTypes)
    sheet.row([eventType, events], factCountStyle);
  sheet.section('Attempts that had no end by the cut-off');
  sheet.row(['In all', report.runningAttempts.length], factCountStyle);
  for (const { resource, eventType, time } of report.runningAttempts)
    sheet.row([resource.resourceName, eventType, `began ${time}`]);
  for (const { name, columns } of tables) {
    sheet.section(`Columns of ${name}`);
    for (const { header, meaning } of columns) sheet.row([header, meaning]);
  }
  sheet.close();
}

/** What the report goes on from, and which parts it has. */
function writeMemory(sheet: FactSheet, { previousReport, knownSince, routing }: DailyReport): void {
  sheet.section('Memory of earlier days');
  if (previousReport === null) {
    sheet.row(['Goes on from', 'no earlier report: a cold start']);
  } else {
    const { date, revision, status, manifestSha256, bridgedDays } = previousReport;
    sheet.row(['Goes on from', `report of ${date}, revision ${revision}, ${status}`]);
    sheet.row(['sha-256 of its manifest', manifestSha256]);
    if (bridgedDays.length > 0)
      sheet.row(['Days without report, read with this one', bridgedDays.join(', ')]);
  }
  sheet.row(['Every event is known since (UTC)', knownSince]);
  if (routing === null) return;
  sheet.section('Slices');
  for (const { name, resources } of routing.slices) sheet.row([name, resources], factCountStyle);
  sheet.row(['In no slice', routing.unrouted], factCountStyle);
}

function writePolicies(sheet: FactSheet, policies: readonly PolicyReport[]): void {
  sheet.section('Policies as they were applied');
  sheet.header(['Policy', 'Demands', 'For']);
  for (const policy of policies) {
    const count = `${policy.resources} ${policy.resources === 1 ? 'resource' : 'resources'}`;
    sheet.row([policy.name, demandsOf(policy), `${policy.match}: ${count}`]);
  }
}

function demandsOf(policy: PolicyReport): string {
  const demands = [
    `cadence ${policy.cadence}`,
    `maximum age ${policy.maxAge}`,
    `maximum duration ${policy.maxDuration}`,
    `least retention ${policy.minRetention ?? 'not demanded'}`,
    `restore test ${policy.maxRestoreAge === null ? 'not demanded' : `every ${policy.maxRestoreAge}`}`,
    `severity ${severityLabels[policy.severity].words.toLowerCase()}`,
  ];
  return `${demands.join('; ')}; owner ${policy.owner ?? 'not named'}`;
}
