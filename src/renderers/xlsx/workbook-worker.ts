import { parentPort, workerData } from 'node:worker_threads';
import type { WorkbookInput } from './write-workbook.js';
import { writeWorkbook } from './write-workbook.js';

/** What the worker says when it is done: null, or what went wrong, with the system's code where there is one. */
export type WorkbookAnswer = { readonly message: string; readonly code: string | undefined } | null;

const input: WorkbookInput = workerData;
const answer = await writeWorkbook(input).then(
  (): WorkbookAnswer => null,
  (error: NodeJS.ErrnoException): WorkbookAnswer => ({ message: error.message, code: error.code }),
);
parentPort?.postMessage(answer);
