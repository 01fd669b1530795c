import { Worker } from 'node:worker_threads';

/**
 * Checks a company's own templates in a worker thread.
 *
 * @param where.report the kind of report that they are for
 * @param where.modules that bring kinds of report
 * @param where.temporary an existing folder for temporary files: a thread that is stopped leaves its own behind
 * @returns every fault, in words
 * @throws what the check throws; the signal's reason when it is aborted
 */
export async function checkInThread(
  templates: string,
  {
    report,
    modules,
    directory,
    temporary,
  }: {
    readonly report: string;
    readonly modules: readonly string[];
    readonly directory: string;
    readonly temporary: string;
  },
  signal: AbortSignal,
): Promise<readonly string[]> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./check-templates-worker.js', import.meta.url), {
    workerData: { templates, report, modules, directory },
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<readonly string[]>((resolve, reject) => {
      worker.once('message', (faults: readonly string[]) => resolve(faults));
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the thread that checks templates ended early')));
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
