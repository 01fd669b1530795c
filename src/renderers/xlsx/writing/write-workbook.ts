import { createWriteStream } from 'node:fs';
import { stampOf } from '../../../model/report-stamp.js';
import type { RenderInput } from '../../../ports/renderer.js';
import { type ThemeData, openTheme } from '../../theme.js';
import { bindTemplate } from '../binding/bind-template.js';
import { bindLists } from '../binding/bound-lists.js';
import type { ListsModule, WorkbookEdition, WorkbookFacts } from '../binding/report-lists.js';
import type { SheetFact } from '../binding/workbook-facts.js';
import { type PlannedSheet, type WorkbookPlan, listsOf } from '../binding/workbook-plan.js';
import { quotedSheet } from '../template/cell-range.js';
import type { KeptTemplates } from '../template/kept-template.js';
import { readWorkbookTemplate } from '../template/find-template.js';
import { type WorkbookDocument, timezoneOf } from '../workbook-document.js';
import { type SheetIndex, definedNamesXml, indexSheets } from './defined-names.js';
import { type LogoPicture, workbookLogo } from './logo-picture.js';
import type { SheetContext } from './sheet-part.js';
import { WorkbookFile } from './workbook-file.js';
import { PartNames } from './write-parts.js';
import { type WrittenSheet, expectedMap, itemsPerPart, writeSheet } from './write-sheet.js';
import { TableNames } from './write-tables.js';

export interface WorkbookInput<R extends WorkbookDocument> {
  readonly report: R;
  readonly theme: ThemeData;
  readonly path: string;
  /** Most rows of one sheet, the header included. */
  readonly rowLimit: number;
  /** File of its template; absent: that of a day's report. */
  readonly template?: string;
  /** What of the archive the workbook names; absent: nothing is known. */
  readonly edition?: RenderInput['edition'];
}

const unknownEdition: WorkbookEdition = { file: null, revision: null, contentDigest: null };

/**
 * Writes the workbook by its template. Same input, same bytes.
 *
 * @param createReportLists of the report's kind
 * @param jobs in the order of the report, as the kind's list of jobs reads them
 * @param kept templates that were read before
 * @throws Failure('usage') for a template that cannot be read or parsed, before anything is written
 */
export async function writeWorkbook<R extends WorkbookDocument>(
  { report, theme, path, rowLimit, edition, template: templateName }: WorkbookInput<R>,
  createReportLists: ListsModule<R>['createReportLists'],
  jobs: AsyncIterable<readonly unknown[]>,
  kept?: KeptTemplates,
): Promise<void> {
  const { files, wording, branding } = openTheme(theme);
  const lists = bindLists(createReportLists(wording, branding, edition ?? unknownEdition), report);
  const template = await readWorkbookTemplate(files, kept, templateName);
  const plan = bindTemplate(template, lists, wording, timezoneOf(report));
  const logo = await workbookLogo(branding.logo);
  const file = createWriteStream(path);
  const failed = new Promise<never>((_resolve, reject) => file.on('error', reject));
  failed.catch(() => undefined);
  const closed = new Promise<void>((resolve) => file.on('close', resolve));
  try {
    const workbook = new WorkbookFile(file, plan, stampOf(report, edition));
    const indexOf = indexSheets(plan);
    const context = contextOf(plan, indexOf, { workbook, logo, rowLimit, jobs });
    const maker = { made: new Date(report.generatedAt), tool: report.tool.name };
    const names = await Promise.race([failed, writeSheets(plan, indexOf, context)]);
    await Promise.race([failed, workbook.commit(maker, names)]);
  } finally {
    file.destroy();
    // A thread that ends before would leave it open.
    await closed;
  }
}

async function* completed(
  jobs: AsyncIterable<readonly unknown[]>,
  complete: (job: unknown) => unknown,
): AsyncGenerator<readonly unknown[]> {
  for await (const batch of jobs) yield batch.map(complete);
}

interface WorkbookParts {
  readonly workbook: WorkbookFile;
  readonly logo: LogoPicture | null;
  readonly rowLimit: number;
  readonly jobs: AsyncIterable<readonly unknown[]>;
}

function contextOf(
  plan: WorkbookPlan,
  indexOf: SheetIndex,
  { workbook, logo, rowLimit, jobs }: WorkbookParts,
): SheetContext {
  const facts = workbookFacts(plan, rowLimit);
  const context: SheetContext = {
    workbook,
    rowLimit,
    parts: {
      names: new PartNames(),
      tables: new TableNames(),
      logo,
      add: (part) => void workbook.extraParts.push(part),
    },
    names: new Set(plan.sheets.map(({ name }) => name.toLowerCase())),
    batchesOf: ({ batches, complete }) => (batches === null ? completed(jobs, complete) : batches(facts)),
    countOf: ({ count }) => count(facts),
    expectedSheet: (name, now) => {
      const found = plan.sheets[indexOf(name) ?? -1];
      if (found === undefined) return null;
      return found === now.plan ? now : { name: found.name, map: expectedMap(found, context) };
    },
  };
  return context;
}

/** @returns XML of the defined names */
async function writeSheets(plan: WorkbookPlan, indexOf: SheetIndex, context: SheetContext): Promise<string> {
  const sheets: WrittenSheet[] = [];
  for (const sheet of plan.sheets) sheets.push(await writeSheet(sheet, context));
  for (const [index, { parts }] of sheets.entries()) {
    for (const part of parts) {
      const place = (name: string): (typeof parts)[number] | null => {
        const found = indexOf(name);
        return found === index ? part : (sheets[found ?? -1]?.parts[0] ?? null);
      };
      part.writeParts({ own: part.map, sheets: place });
    }
  }
  return definedNamesXml(plan, sheets, indexOf);
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
