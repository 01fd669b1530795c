import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RenderInput, Renderer } from '../../ports.js';
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
    render: ({ report, jobsPath }: RenderInput, path) => renderInWorker({ report, jobsPath, path, rowLimit }),
  };
}

async function renderInWorker(input: WorkbookInput): Promise<void> {
  const worker = new Worker(new URL('./workbook-worker.js', import.meta.url), {
    workerData: input,
    // Rows live for a moment: a larger nursery frees them before they are copied.
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
  });
  try {
    // An uncaught error of the worker rejects; an answer resolves.
    const [answer]: [WorkbookAnswer] = (await once(worker, 'message')) as [WorkbookAnswer];
    if (answer !== null) throw Object.assign(new Error(answer.message), answer);
  } finally {
    await worker.terminate();
  }
}
