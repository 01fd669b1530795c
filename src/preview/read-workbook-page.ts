import { Worker } from 'node:worker_threads';

/**
 * Renders the workbook in a file as a page, in a worker thread.
 *
 * @throws what exceljs throws for a file that it cannot read; the signal's reason when it is aborted
 */
export async function readWorkbookPage(path: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./workbook-page-worker.js', import.meta.url), { workerData: path });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      worker.once('message', (page: string) => resolve(page));
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the thread that reads the workbook ended early')));
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
