import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { workbookPage } from './workbook-page.js';

/** In a thread of its own, so that the server answers, and ends, while a large workbook is read. */
if (parentPort !== null) parentPort.postMessage(await workbookPage(await readFile(String(workerData))));
