import { parentPort, workerData } from 'node:worker_threads';
import { hasLineBreak } from '../../base/line-break.js';
import type { BatchReaderModule } from '../../reports/record-reading.js';
import type { BatchTexts, ReadingTask } from './thread-reading.js';

// What comes before it has loaded waits in the port.
if (parentPort !== null) void serve(parentPort, workerData as ReadingTask);

async function serve(port: NonNullable<typeof parentPort>, { module, window }: ReadingTask): Promise<void> {
  const { createBatchReader }: BatchReaderModule = await import(module);
  const read = createBatchReader(window);
  port.on('message', (texts: BatchTexts) => {
    // What is kept as its text is a line of the evidence.
    port.postMessage(read(texts.map((text) => (hasLineBreak(text) ? '' : text))));
  });
}
