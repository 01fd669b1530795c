import { Worker } from 'node:worker_threads';
import { Failure } from '../../errors.js';
import type { DailyReport } from '../../reports/backup-compliance/model/daily-report.js';
import type { Renderer } from '../../ports.js';
import type { ThemeData } from '../theme.js';
import type { JobLines, WorkbookAnswer, WorkerError } from './workbook-worker.js';
import type { WorkbookInput } from './writing/write-workbook.js';

/** Most rows of a sheet in the xlsx format, the header included. */
const xlsxRowLimit = 1_048_576;

/**
 * Renders report.xlsx in a worker thread, so that the second core does the largest artefact while the first does
 * the rest, and exceljs is loaded only there.
 *
 * @param theme has the template `report.xlsx`; what is wrong in it rejects with a Failure('usage') that names sheet and cell
 * @param rowLimit most rows of one sheet; more go to a second one
 */
export function createWorkbookRenderer(theme: ThemeData, rowLimit = xlsxRowLimit): Renderer<DailyReport> {
  return {
    name: 'report.xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    render: ({ report, jobs }, path) => renderInWorker({ report, theme, path, rowLimit }, jobs()),
  };
}

function renderInWorker(input: WorkbookInput, jobs: AsyncIterable<string>): Promise<void> {
  const worker = new Worker(new URL('./workbook-worker.js', import.meta.url), {
    workerData: input,
    // Rows are made and forgotten: a small nursery is collected more often and is as fast.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  const lines = jobs[Symbol.asyncIterator]();
  return new Promise<void>((resolve, reject) => {
    worker.on('message', (answer: WorkbookAnswer) => {
      if (answer.kind === 'next') {
        sendNext(worker, lines).catch(reject);
      } else if (answer.error === null) {
        resolve();
      } else {
        reject(thrownBy(answer.error));
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the thread that makes the workbook ended with ${code}`)));
  }).finally(async () => {
    // Those who read the jobs with us go on.
    await Promise.all([worker.terminate(), lines.return?.()]);
  });
}

function thrownBy({ message, failure, ...details }: WorkerError): Error {
  if (failure !== undefined) return new Failure(failure.kind, message, { hints: failure.hints });
  return Object.assign(new Error(message), details);
}

async function sendNext(worker: Worker, lines: AsyncIterator<string>): Promise<void> {
  const { value, done } = await lines.next();
  const next: JobLines = done === true ? null : value;
  worker.postMessage(next);
}
