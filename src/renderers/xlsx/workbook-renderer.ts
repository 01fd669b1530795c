import { Worker } from 'node:worker_threads';
import type { Renderer } from '../../ports.js';
import type { WorkbookAnswer } from './workbook-worker.js';
import type { WorkbookInput } from './write-workbook.js';

/** Most rows of a sheet in the xlsx format, the header included. */
const xlsxRowLimit = 1_048_576;

/**
 * Renders report.xlsx in a worker thread, so that the second core does the largest artefact while the first does
 * the rest, and exceljs is loaded only there.
 *
 * @param rowLimit most rows of one sheet; more go to a second one
 */
export function createWorkbookRenderer(rowLimit = xlsxRowLimit): Renderer {
  return {
    name: 'report.xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    render: ({ report, jobsPath }, path) => renderInWorker({ report, jobsPath, path, rowLimit }),
  };
}

function renderInWorker(input: WorkbookInput): Promise<void> {
  const worker = new Worker(new URL('./workbook-worker.js', import.meta.url), { workerData: input });
  return new Promise<void>((resolve, reject) => {
    worker.on('message', (error: WorkbookAnswer) => {
      if (error === null) resolve();
      else reject(Object.assign(new Error(error.message), error));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the thread that makes the workbook ended with ${code}`)));
  }).finally(() => worker.terminate());
}
