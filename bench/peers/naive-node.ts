/*
 * Peer: what a first Node script makes of the same events: readline, a Map, exceljs in memory, a style for each cell.
 * Arguments: the NDJSON.gz file, the workbook to write.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import ExcelJS from 'exceljs';

interface Job {
  readonly id: string;
  readonly compartment: string;
  start?: Date;
  end?: Date;
  status?: string;
  begin?: string;
  ended?: string;
}

const [eventsPath = '', workbookPath = ''] = process.argv.slice(2);
const jobs = new Map<string, Job>();
const lines = createInterface({ input: createReadStream(eventsPath).pipe(createGunzip()) });
for await (const line of lines) {
  const { eventType, eventTime, eventID, data } = JSON.parse(line);
  const id: string = data.resourceId;
  const job: Job = jobs.get(id) ?? { id, compartment: data.compartmentName };
  jobs.set(id, job);
  if (String(eventType).endsWith('.begin')) {
    job.start = new Date(eventTime);
    job.begin = eventID;
  } else {
    job.end = new Date(eventTime);
    job.ended = eventID;
    job.status = data.additionalDetails.lifecycleState ?? data.additionalDetails.status;
  }
}

const workbook = new ExcelJS.Workbook();
const sheet = workbook.addWorksheet('Jobs');
for (const { id, compartment, start, end, status, begin, ended } of jobs.values()) {
  const row = sheet.addRow([id, compartment, status, start, end, begin, ended]);
  row.getCell(3).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFDDF3E4' } };
  row.getCell(4).numFmt = 'yyyy-mm-dd hh:mm:ss';
  row.getCell(5).numFmt = 'yyyy-mm-dd hh:mm:ss';
}
await workbook.xlsx.writeFile(workbookPath);
process.stdout.write(`${jobs.size} jobs\n`);
