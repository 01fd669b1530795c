import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { workbookPage } from './workbook-page.js';

/* In its own thread, so that the server can answer, and stop, while a large workbook is being read. */
if (parentPort !== null) parentPort.postMessage(await workbookPage(await readFile(String(workerData))));
