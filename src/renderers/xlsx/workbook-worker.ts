import { parentPort, workerData } from 'node:worker_threads';
import { type WorkbookInput, writeWorkbook } from './write-workbook.js';

/** From the worker when it is done: null, or what went wrong, with the system's code. */
export type WorkbookAnswer = { readonly message: string; readonly code?: string } | null;

if (parentPort !== null) {
  const answer: WorkbookAnswer = await writeWorkbook(workerData as WorkbookInput).then(
    () => null,
    (thrown: NodeJS.ErrnoException) => ({
      message: thrown.message,
      ...(thrown.code ? { code: thrown.code } : {}),
    }),
  );
  parentPort.postMessage(answer);
}
