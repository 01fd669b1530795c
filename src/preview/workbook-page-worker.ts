import { readFile } from 'node:fs/promises';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { workbookPage } from './workbook-page.js';

/* In its own thread, so that the server can answer, and stop, while a large workbook is being read. */
if (parentPort !== null) void answer(parentPort);

async function answer(port: MessagePort): Promise<void> {
  port.postMessage(await workbookPage(await readFile(String(workerData))));
}
