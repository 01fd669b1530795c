import { Worker } from 'node:worker_threads';
import type { BackupJob } from '../../model/backup-job.js';
import type { RenderInput, Renderer } from '../../ports.js';
import type { JobBatch, WorkbookAnswer } from './workbook-worker.js';
import type { WorkbookInput } from './write-workbook.js';

/** Most rows of a sheet in the xlsx format, the header included. */
const xlsxRowLimit = 1_048_576;

/** Jobs that go to the worker at once. */
const jobsPerBatch = 1000;

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
    render: ({ report, jobs }: RenderInput, path) => renderInWorker({ report, path, rowLimit }, jobs()),
  };
}

function renderInWorker(input: WorkbookInput, jobs: Iterable<BackupJob>): Promise<void> {
  const worker = new Worker(new URL('./workbook-worker.js', import.meta.url), { workerData: input });
  const batches = batched(jobs);
  return new Promise<void>((resolve, reject) => {
    worker.on('message', (answer: WorkbookAnswer) => {
      if (answer.kind === 'next') {
        try {
          const { value, done } = batches.next();
          const batch: JobBatch = done === true ? null : JSON.stringify(value);
          worker.postMessage(batch);
        } catch (error) {
          // Thrown in a listener it would end the process.
          reject(error);
        }
      } else if (answer.error === null) {
        resolve();
      } else {
        reject(Object.assign(new Error(answer.error.message), answer.error));
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the thread that makes the workbook ended with ${code}`)));
  }).finally(() => worker.terminate());
}

function* batched(jobs: Iterable<BackupJob>): Generator<readonly BackupJob[], undefined> {
  let batch: BackupJob[] = [];
  for (const job of jobs) {
    batch.push(job);
    if (batch.length < jobsPerBatch) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
