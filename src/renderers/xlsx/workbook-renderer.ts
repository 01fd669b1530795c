import { Worker } from 'node:worker_threads';
import { Failure } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { ReportHead } from '../../model/report-head.js';
import type { Renderer, RenderInput } from '../../ports.js';
import type { ThemeData } from '../theme.js';
import { xlsxRowLimit } from './workbook-limits.js';
import type { JobLines, WorkbookAnswer, WorkbookTask, WorkerError } from './workbook-worker.js';

/**
 * Renders report.xlsx in a worker thread, so that the largest artefact has the second core while the first does the
 * rest, and exceljs is loaded only there.
 *
 * @param theme has the template `report.xlsx`; an error in it rejects with a Failure('usage') that names sheet and cell
 * @param listsModule URL of the module with the lists that the template can show: see ListsModule
 * @param rowLimit most rows of one sheet; more continue on a second one
 */
export function createWorkbookRenderer<R extends ReportHead>(
  theme: ThemeData,
  listsModule: string,
  rowLimit = xlsxRowLimit,
): Renderer<R> {
  return {
    name: artefactNames.workbook,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    render: ({ report, lines }, path) =>
      renderInWorker({ report, theme, path, rowLimit, listsModule }, lines()),
  };
}

function renderInWorker(
  task: WorkbookTask<RenderInput['report']>,
  lines: AsyncIterable<string>,
): Promise<void> {
  const worker = new Worker(new URL('./workbook-worker.js', import.meta.url), {
    workerData: task,
    // Rows are short-lived: a small young generation is collected more often and is as fast.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  const batches = lines[Symbol.asyncIterator]();
  return new Promise<void>((resolve, reject) => {
    worker.on('message', (answer: WorkbookAnswer) => {
      if (answer.kind === 'next') {
        sendNext(worker, batches).catch(reject);
      } else if (answer.error === null) {
        resolve();
      } else {
        reject(thrownBy(answer.error));
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the thread that makes the workbook ended with ${code}`)));
  }).finally(async () => {
    // Other readers of the lines continue.
    await Promise.all([worker.terminate(), batches.return?.()]);
  });
}

function thrownBy({ message, failure, ...details }: WorkerError): Error {
  if (failure !== undefined) return new Failure(failure.kind, message, { hints: failure.hints });
  return Object.assign(new Error(message), details);
}

async function sendNext(worker: Worker, batches: AsyncIterator<string>): Promise<void> {
  const { value, done } = await batches.next();
  const next: JobLines = done === true ? null : value;
  worker.postMessage(next);
}
