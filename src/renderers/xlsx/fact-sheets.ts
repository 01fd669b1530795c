import type ExcelJS from 'exceljs';
import type { DailyReport } from '../../model/daily-report.js';
import { outcomes } from '../../model/resource-compliance.js';
import { jobStatuses } from '../../model/backup-job.js';
import {
  type Label,
  controlLabels,
  jobStatusLabels,
  outcomeLabels,
  reportVerdict,
  verdictLabels,
} from '../labels.js';
import { workbookText } from '../text-safety.js';
import {
  countHeaderStyle,
  countStyle,
  factCountStyle,
  headerStyle,
  labelStyle,
  percentStyle,
  sectionStyle,
  timeStyle,
  titleStyle,
  toneStyles,
  wrapStyle,
  wrappedHeight,
} from './cell-styles.js';
import type { WallClock } from './report-columns.js';
import type { Column } from './sheet-writer.js';

type Described = Pick<Column<never>, 'header' | 'meaning'>;

type Cell = string | number | Label | null;

/** Writes the sheets that are not tables: label and value, section by section. */
class FactSheet {
  readonly #sheet: ExcelJS.Worksheet;
  readonly #widths: readonly number[];

  constructor(workbook: ExcelJS.stream.xlsx.WorkbookWriter, name: string, widths: readonly number[]) {
    this.#sheet = workbook.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: 1, showGridLines: false }],
      pageSetup: { orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0, paperSize: 9 },
    });
    this.#widths = widths;
    this.#sheet.columns = widths.map((width) => ({ width }));
  }

  title(text: string): void {
    const row = this.#sheet.addRow([workbookText(text)]);
    row.height = 26;
    row.getCell(1).style = titleStyle;
    row.commit();
  }

  section(text: string): void {
    this.#sheet.addRow([]).commit();
    const row = this.#sheet.addRow([text]);
    row.height = 20;
    for (let index = 1; index <= this.#widths.length; index += 1) row.getCell(index).style = sectionStyle;
    row.commit();
  }

  header(cells: readonly string[], style = headerStyle): void {
    const row = this.#sheet.addRow([...cells]);
    for (let index = 1; index <= cells.length; index += 1) {
      row.getCell(index).style = index === 1 ? headerStyle : style;
    }
    row.commit();
  }

  row(cells: readonly Cell[], numberStyle: Partial<ExcelJS.Style> = countStyle): void {
    const values = cells.map((cell) => (typeof cell === 'string' ? workbookText(cell) : valueOf(cell)));
    const row = this.#sheet.addRow(values);
    const heights = values.map((value, index) => {
      const width = this.#widths[index];
      return typeof value === 'string' && width !== undefined ? wrappedHeight(value, width) : 0;
    });
    row.height = Math.max(15, ...heights);
    for (const [index, cell] of cells.entries()) {
      const target = row.getCell(index + 1);
      if (typeof cell === 'number') target.style = numberStyle;
      else if (typeof cell === 'object' && cell !== null) target.style = toneStyles[cell.tone];
      else target.style = index === 0 ? labelStyle : wrapStyle;
    }
    row.commit();
  }

  close(): void {
    this.#sheet.commit();
  }
}

function valueOf(cell: number | Label | null): string | number | undefined {
  if (cell === null) return undefined;
  return typeof cell === 'number' ? cell : cell.words;
}

/** Verdict, completeness and totals: the page that a person reads first. */
export function writeSummary(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  report: DailyReport,
  clock: WallClock,
): void {
  const sheet = new FactSheet(workbook, 'Summary', [34, 22, 16, 16, 16]);
  const { reportDay, totals, jobTotals } = report;
  const zone = reportDay.timezone;
  sheet.title(`Backup report ${reportDay.date}`);
  sheet.row(['Verdict', reportVerdict(report)]);
  sheet.row(['Completeness', { words: report.status, tone: report.status === 'COMPLETE' ? 'good' : 'bad' }]);
  for (const reason of report.statusReasons) sheet.row(['Not complete because', reason]);
  sheet.row(['Plan', report.plan]);
  sheet.row([`Day begins (${zone})`, clock(reportDay.start)], timeStyle);
  sheet.row([`Cut-off (${zone})`, clock(reportDay.cutOff)], timeStyle);
  sheet.row(['Hours of the day', reportDay.hours], factCountStyle);
  sheet.row([`Made at (${zone})`, clock(report.generatedAt)], timeStyle);

  sheet.section('Resources by verdict');
  sheet.row(['Expected', totals.expected]);
  sheet.row(counted(verdictLabels.COMPLIANT, totals.compliant));
  sheet.row(counted(verdictLabels.NON_COMPLIANT, totals.nonCompliant));
  sheet.row(counted(verdictLabels.UNKNOWN, totals.unknown));
  sheet.row(counted(verdictLabels.NOT_APPLICABLE, totals.notApplicable));
  const percent = totals.compliancePercent;
  sheet.row(['Compliance', percent === null ? 'nothing judged' : percent / 100], percentStyle);

  sheet.section('Resources by outcome');
  for (const outcome of outcomes) sheet.row(counted(outcomeLabels[outcome], totals.byOutcome[outcome]));

  sheet.section('Jobs by status');
  for (const status of jobStatuses) sheet.row(counted(jobStatusLabels[status], jobTotals.byStatus[status]));
  sheet.row(['All jobs', jobTotals.total]);

  sheet.section('Controls');
  const verdicts = ['COMPLIANT', 'NON_COMPLIANT', 'UNKNOWN', 'NOT_APPLICABLE'] as const;
  sheet.header(['Control', ...verdicts.map((verdict) => verdictLabels[verdict].words)], countHeaderStyle);
  for (const { control, byVerdict } of report.controls) {
    sheet.row([controlLabels[control].words, ...verdicts.map((verdict) => byVerdict[verdict])]);
  }
  sheet.close();
}

/** A line with its colour where there is something to see, and without where there is none. */
function counted(label: Label, count: number): readonly Cell[] {
  return [count > 0 ? label : label.words, count];
}

const dispositions = ['read', 'used', 'duplicate', 'outside', 'ignored', 'rejected'] as const;

/** Where the figures come from: what an auditor asks for. */
export function writeProvenance(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  report: DailyReport,
  tables: readonly { readonly name: string; readonly columns: readonly Described[] }[],
): void {
  const sheet = new FactSheet(workbook, 'Provenance', [36, 76, 40]);
  sheet.title('Provenance');
  sheet.row(['Made by', `${report.tool.name} ${report.tool.version}`]);
  sheet.row(['Made at (UTC)', report.generatedAt]);
  sheet.row(['Inventory', `${report.inventory.type}: ${report.inventory.description}`]);
  sheet.row(['Digests', 'manifest.json, beside this file in the archive, has the sha-256 of each artefact']);
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
  sheet.section('Resources with events that the inventory does not list');
  sheet.row(['In all', report.notInInventory.length], factCountStyle);
  for (const resource of report.notInInventory) sheet.row(['', resource]);
  for (const { name, columns } of tables) {
    sheet.section(`Columns of ${name}`);
    for (const { header, meaning } of columns) sheet.row([header, meaning]);
  }
  sheet.close();
}
