import { createWriteStream } from 'node:fs';
import type { BackupJob } from '../../../reports/backup-compliance/model/backup-job.js';
import type { DailyReport } from '../../../reports/backup-compliance/model/daily-report.js';
import { type ThemeData, openTheme } from '../../theme.js';
import { bindTemplate } from '../binding/bind-template.js';
import { absoluteRange, quotedSheet } from '../template/cell-range.js';
import type { SheetFact } from '../../../reports/backup-compliance/views/workbook/provenance-fields.js';
import { workbookLogo } from './logo-picture.js';
import { readWorkbookTemplate } from '../template/read-template.js';
import {
  type ListSource,
  type ReportList,
  createReportLists,
} from '../../../reports/backup-compliance/views/workbook/report-lists.js';
import { mapRange } from './row-map.js';
import { type StableWorkbook, createStableWorkbook, onZipError } from './stable-workbook.js';
import { type PlannedSheet, type WorkbookPlan, listsOf } from '../binding/workbook-plan.js';
import { type SheetContext, type SheetName, type WrittenSheet, writeSheet } from './write-sheet.js';

export interface WorkbookInput {
  readonly report: DailyReport;
  readonly theme: ThemeData;
  readonly path: string;
  /** Most rows of one sheet, the header included. */
  readonly rowLimit: number;
}

/**
 * Writes the workpaper by its template. Same input, same bytes.
 *
 * @throws Failure('usage') for a template that cannot be read or understood, before anything is written
 */
export async function writeWorkbook(
  { report, theme, path, rowLimit }: WorkbookInput,
  jobs: AsyncIterable<readonly BackupJob[]>,
): Promise<void> {
  const { files, wording, branding } = openTheme(theme);
  const lists = createReportLists(wording, branding);
  const plan = bindTemplate(await readWorkbookTemplate(files), report, lists, wording);
  const logo = await workbookLogo(branding.logo);
  const file = createWriteStream(path);
  const failed = new Promise<never>((_resolve, reject) => file.on('error', reject));
  failed.catch(() => undefined);
  const workbook = createStableWorkbook(file, new Date(report.generatedAt), report.tool.name, plan.theme);
  onZipError(workbook, (error) => file.destroy(error));
  Object.assign(workbook, plan.properties);

  const source = sourceOf(report, plan);
  const context: SheetContext = {
    workbook,
    logo,
    rowLimit,
    names: new Set(plan.sheets.map(({ name }) => name.toLowerCase())),
    formatNumbers: new Map(),
    batchesOf: (list: ReportList) => (list.batches === null ? jobs : list.batches(source)),
    countOf: (list: ReportList) => list.count(source),
  };
  try {
    await Promise.race([failed, writeSheets(workbook, plan, context)]);
    await Promise.race([failed, workbook.commit()]);
  } finally {
    file.destroy();
  }
}

async function writeSheets(
  workbook: StableWorkbook,
  plan: WorkbookPlan,
  context: SheetContext,
): Promise<void> {
  const sheets: WrittenSheet[] = [];
  for (const sheet of plan.sheets) sheets.push(await writeSheet(sheet, context));
  nameRanges(workbook, plan, sheets);
}

/** The report, and what the workbook tells of itself. */
function sourceOf(report: DailyReport, plan: WorkbookPlan): ListSource {
  const columns = plan.sheets.flatMap((sheet) => sheet.columns);
  const source = { report, columns, sheets: [] };
  return { ...source, sheets: plan.sheets.map((sheet) => sheetFact(sheet, source)) };
}

function sheetFact(sheet: PlannedSheet, source: ListSource): SheetFact {
  const { name } = sheet;
  const [list, ...others] = listsOf(sheet);
  return {
    name,
    link: { target: `#${quotedSheet(name)}!A1`, words: name },
    rows: list === undefined || others.length > 0 ? null : list.count(source),
  };
}

/** Filters and the template's own names, over what their rows have become. */
function nameRanges(workbook: StableWorkbook, plan: WorkbookPlan, written: readonly WrittenSheet[]): void {
  const names: SheetName[] = plan.names.flatMap(({ name, sheet, range }) => {
    const index = plan.sheets.findIndex(({ template }) => template.name === sheet);
    const target = written[index];
    const mapped = target === undefined ? null : mapRange(range, target.map);
    if (target === undefined || mapped === null) return [];
    return [{ name, ranges: [absoluteRange(target.name, mapped)] }];
  });
  const filters = written.flatMap((sheet) => sheet.filters);
  // exceljs' own way to names knows none that belong to a sheet.
  const { definedNames } = workbook as unknown as { readonly definedNames: object };
  Object.defineProperty(definedNames, 'model', { value: [...names, ...filters] });
}
