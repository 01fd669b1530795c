import { createWriteStream } from 'node:fs';
import type { ReportHead } from '../../../model/report-head.js';
import type { RenderInput } from '../../../ports.js';
import { type ThemeData, openTheme } from '../../theme.js';
import { bindTemplate } from '../binding/bind-template.js';
import { bindLists } from '../binding/bound-lists.js';
import type { ListsModule, WorkbookEdition, WorkbookFacts } from '../binding/report-lists.js';
import type { SheetFact } from '../binding/workbook-facts.js';
import { type PlannedSheet, type WorkbookPlan, listsOf } from '../binding/workbook-plan.js';
import { absoluteRange, quotedSheet } from '../template/cell-range.js';
import { readWorkbookTemplate } from '../template/read-template.js';
import type { SheetName } from './close-part.js';
import { workbookLogo } from './logo-picture.js';
import { mapRange } from './row-map.js';
import type { SheetContext } from './sheet-part.js';
import { type StableWorkbook, createStableWorkbook, onZipError } from './stable-workbook.js';
import { type WrittenSheet, itemsPerPart, writeSheet } from './write-sheet.js';

export interface WorkbookInput<R extends ReportHead> {
  readonly report: R;
  readonly theme: ThemeData;
  readonly path: string;
  /** Most rows of one sheet, the header included. */
  readonly rowLimit: number;
  /** What of the archive the workbook names; absent: nothing is known. */
  readonly edition?: RenderInput['edition'];
}

const unknownEdition: WorkbookEdition = { file: null, revision: null, contentDigest: null };

/**
 * Writes the workbook by its template. Same input, same bytes.
 *
 * @param createReportLists of the report's kind
 * @param jobs in the order of the report, as the kind's list of jobs reads them
 * @throws Failure('usage') for a template that cannot be read or parsed, before anything is written
 */
export async function writeWorkbook<R extends ReportHead>(
  { report, theme, path, rowLimit, edition }: WorkbookInput<R>,
  createReportLists: ListsModule<R>['createReportLists'],
  jobs: AsyncIterable<readonly unknown[]>,
): Promise<void> {
  const { files, wording, branding } = openTheme(theme);
  const lists = bindLists(createReportLists(wording, branding, edition ?? unknownEdition), report);
  const template = await readWorkbookTemplate(files);
  const plan = bindTemplate(template, lists, wording, report.reportDay.timezone);
  const logo = await workbookLogo(branding.logo);
  const file = createWriteStream(path);
  const failed = new Promise<never>((_resolve, reject) => file.on('error', reject));
  failed.catch(() => undefined);
  const closed = new Promise<void>((resolve) => file.on('close', resolve));
  try {
    const workbook = createStableWorkbook(file, new Date(report.generatedAt), report.tool.name, plan.theme);
    onZipError(workbook, (error) => file.destroy(error));
    Object.assign(workbook, plan.properties);
    const context = contextOf(plan, { workbook, logo, rowLimit }, jobs);
    await Promise.race([failed, writeSheets(workbook, plan, context)]);
    await Promise.race([failed, workbook.commit()]);
  } finally {
    file.destroy();
    // A thread that ends before would leave it open.
    await closed;
  }
}

function contextOf(
  plan: WorkbookPlan,
  given: Pick<SheetContext, 'workbook' | 'logo' | 'rowLimit'>,
  jobs: AsyncIterable<readonly unknown[]>,
): SheetContext {
  const facts = workbookFacts(plan, given.rowLimit);
  return {
    ...given,
    names: new Set(plan.sheets.map(({ name }) => name.toLowerCase())),
    formatNumbers: new Map(),
    batchesOf: ({ batches, complete }) => (batches === null ? completed(jobs, complete) : batches(facts)),
    countOf: ({ count }) => count(facts),
  };
}

async function* completed(
  jobs: AsyncIterable<readonly unknown[]>,
  complete: (job: unknown) => unknown,
): AsyncGenerator<readonly unknown[]> {
  for await (const batch of jobs) yield batch.map(complete);
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

function workbookFacts(plan: WorkbookPlan, rowLimit: number): WorkbookFacts {
  const columns = plan.sheets.flatMap((sheet) => sheet.columns);
  const facts = { columns, sheets: [] };
  return { ...facts, sheets: plan.sheets.map((sheet) => sheetFact(sheet, facts, rowLimit)) };
}

function sheetFact(sheet: PlannedSheet, facts: WorkbookFacts, rowLimit: number): SheetFact {
  const { name } = sheet;
  const link = { target: `#${quotedSheet(name)}!A1`, words: name };
  const [list, ...others] = listsOf(sheet);
  if (list === undefined || others.length > 0) return { name, link, rows: null, list: null, parts: 1 };
  const rows = list.count(facts);
  const parts = Math.max(1, Math.ceil(rows / itemsPerPart(sheet, rowLimit)));
  return { name, link, rows, list: list.name, parts };
}

/** Filters and the template's defined names, mapped to the rows written. */
function nameRanges(workbook: StableWorkbook, plan: WorkbookPlan, written: readonly WrittenSheet[]): void {
  const names: SheetName[] = plan.names.flatMap(({ name, sheet, range }) => {
    const index = plan.sheets.findIndex(({ template }) => template.name === sheet);
    const target = written[index];
    const mapped = target === undefined ? null : mapRange(range, target.map);
    if (target === undefined || mapped === null) return [];
    return [{ name, ranges: [absoluteRange(target.name, mapped)] }];
  });
  const filters = written.flatMap((sheet) => sheet.filters);
  // exceljs' public API has no names that belong to a sheet.
  const { definedNames } = workbook as unknown as { readonly definedNames: object };
  Object.defineProperty(definedNames, 'model', { value: [...names, ...filters] });
}
