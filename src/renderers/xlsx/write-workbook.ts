import { createWriteStream } from 'node:fs';
import ExcelJS from 'exceljs';
import type { BackupJob } from '../../model/backup-job.js';
import type { DailyReport } from '../../model/daily-report.js';
import { createCellTimes } from './cell-times.js';
import { type DescribedTable, writeProvenance } from './provenance-sheet.js';
import { reportColumns } from './report-columns.js';
import { controlRows } from './resource-columns.js';
import type { Column } from './column.js';
import { type FilterName, writeTable } from './sheet-writer.js';
import { writeSummary } from './summary-sheet.js';
import { notJudgedRows } from './unjudged-columns.js';

export interface WorkbookInput {
  readonly report: DailyReport;
  readonly path: string;
  /** Most rows of one sheet, the header included. */
  readonly rowLimit: number;
}

/** The parts of archiver that exceljs does not show. */
interface ZipOutput {
  append(source: unknown, entry: { name: string; date?: Date }): unknown;
  on(event: 'error', listener: (error: unknown) => void): void;
}

/** Earliest time that a zip entry can bear; the document's own properties say when it was made. */
const entryDate = new Date('1980-01-01T00:00:00Z');

/** Writes the workpaper. Same input, same bytes. */
export async function writeWorkbook(
  { report, path, rowLimit }: WorkbookInput,
  jobs: AsyncIterable<readonly BackupJob[]>,
): Promise<void> {
  const file = createWriteStream(path);
  const failed = new Promise<never>((_resolve, reject) => file.on('error', reject));
  failed.catch(() => undefined);
  const made = new Date(report.generatedAt);
  const workbook = new StableWorkbookWriter({
    stream: file,
    useStyles: true,
    useSharedStrings: false,
    // Level 1: twice the speed of the default for a file a fifth larger.
    // Large chunks: each is a journey to a thread of the pool and back.
    zip: { zlib: { level: 1, chunkSize: 256 * 1024 } },
    created: made,
    modified: made,
    creator: report.tool.name,
    lastModifiedBy: report.tool.name,
  } as Partial<ExcelJS.stream.xlsx.WorkbookStreamWriterOptions>);
  const { zip } = workbook as unknown as { readonly zip: ZipOutput };
  zip.on('error', (error) => file.destroy(error instanceof Error ? error : new Error(String(error))));

  try {
    await Promise.race([failed, writeSheets(workbook, report, jobs, rowLimit)]);
    await Promise.race([failed, workbook.commit()]);
  } finally {
    file.destroy();
  }
}

const { WorkbookWriter } = ExcelJS.stream.xlsx;

/** exceljs stamps each zip entry with the time of writing; here all bear one date, the first ones too. */
class StableWorkbookWriter extends WorkbookWriter {
  /** Called by exceljs' constructor before anything goes into the zip. */
  override addThemes(): Promise<void> {
    const { zip } = this as unknown as { readonly zip: ZipOutput };
    const append = zip.append.bind(zip);
    zip.append = (source, entry) => append(source, { ...entry, date: entryDate });
    const { addThemes } = WorkbookWriter.prototype as unknown as { addThemes(): Promise<void> };
    return addThemes.call(this);
  }
}

type Batches<T> = Iterable<readonly T[]> | AsyncIterable<readonly T[]>;

async function writeSheets(
  workbook: ExcelJS.stream.xlsx.WorkbookWriter,
  report: DailyReport,
  jobs: AsyncIterable<readonly BackupJob[]>,
  rowLimit: number,
): Promise<void> {
  const times = createCellTimes(report.reportDay.timezone);
  const columns = reportColumns(times);
  const exceptions = report.resources.filter(
    ({ compliance }) => compliance === 'NON_COMPLIANT' || compliance === 'UNKNOWN',
  );
  const filters: FilterName[] = [];
  const described: DescribedTable[] = [];
  const table = async <T>(name: string, tableColumns: readonly Column<T>[], batches: Batches<T>) => {
    filters.push(...(await writeTable(workbook, name, tableColumns, batches, rowLimit)));
    described.push({ name, columns: tableColumns });
  };

  writeSummary(workbook, report, times);
  await table('Exceptions', columns.exceptions, [exceptions]);
  await table('Resources', columns.resources, [report.resources]);
  await table('Jobs', columns.jobs, jobs);
  await table('Incidents', columns.incidents, [report.incidents]);
  await table('Waivers', columns.waivers, [report.waivers]);
  await table('Changes', columns.changes, [report.changes]);
  await table('Controls', columns.controls, controlRows(report.resources));
  await table('Findings', columns.findings, [report.findings]);
  await table('Trend', columns.trend, [report.trend]);
  await table('Not judged', columns.notJudged, [notJudgedRows(report)]);
  // exceljs' own way to names knows none that belong to a sheet.
  const { definedNames } = workbook as unknown as { readonly definedNames: object };
  Object.defineProperty(definedNames, 'model', { value: filters });
  writeProvenance(workbook, report, described);
}
