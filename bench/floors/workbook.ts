/*
 * Floor: exceljs' bare streaming writer on the job rows of a finished report, with shared style objects where a cell has
 * a style. Arguments: jobs.ndjson.gz, the file to write. Reading the jobs is no part of the floor: it
 * is timed, and taken off by whoever reads the line that this prints.
 */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import ExcelJS from 'exceljs';
import { dayMs } from '../../src/base/time-units.js';

const [jobsPath = '', outputPath = ''] = process.argv.slice(2);

type Row = (string | number | undefined)[];

const time = { numFmt: 'yyyy-mm-dd hh:mm:ss' };
const duration = { numFmt: '[h]:mm:ss' };
const good: Partial<ExcelJS.Style> = {
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFDDF3E4' } },
};

let waitedMs = 0;
let waitedCpuMs = 0;
const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
  filename: outputPath,
  useStyles: true,
  // As the report's own workbook: like is compared with like.
  zip: { zlib: { level: 1 } },
} as Partial<ExcelJS.stream.xlsx.WorkbookStreamWriterOptions>);
const sheet = workbook.addWorksheet('Jobs');
let rows = 0;
for await (const batch of batches()) {
  for (const values of batch) {
    const row = sheet.addRow(values);
    row.getCell(5).style = good;
    row.getCell(7).style = time;
    row.getCell(8).style = time;
    row.getCell(9).style = duration;
    row.commit();
    rows += 1;
  }
  // Lets the compressor work, as any real program must.
  await new Promise((resolve) => setImmediate(resolve));
}
sheet.commit();
await workbook.commit();
process.stdout.write(`${JSON.stringify({ rows, waitedMs, waitedCpuMs })}\n`);

async function* batches(): AsyncGenerator<Row[]> {
  let rest = '';
  const text = createReadStream(jobsPath).pipe(createGunzip({ chunkSize: 256 * 1024 }));
  text.setEncoding('utf8');
  let since = performance.now();
  for await (const chunk of text as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    const cpuFrom = process.cpuUsage();
    const batch = lines.map(toRow);
    const { user, system } = process.cpuUsage(cpuFrom);
    waitedCpuMs += (user + system) / 1000;
    waitedMs += performance.now() - since;
    yield batch;
    since = performance.now();
  }
}

function toRow(line: string): Row {
  const job = JSON.parse(line);
  return [
    job.resourceName,
    job.resourceType,
    job.compartmentName,
    job.kind,
    job.status,
    job.state,
    serial(job.startTime),
    serial(job.endTime),
    job.durationSeconds / 86_400,
    job.backupType,
    job.trigger ?? undefined,
    job.statusMessage ?? undefined,
    job.jobId,
    job.resourceId,
    job.beginEventId,
    job.endEventId,
  ];
}

function serial(iso: string | null): number | undefined {
  return iso === null ? undefined : Date.parse(iso) / dayMs + 25_569;
}
