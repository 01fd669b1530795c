import { once } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { BackupJob } from '../../model/backup-job.js';
import { type WorkbookInput, writeWorkbook } from './write-workbook.js';

/** To the worker: the next lines of jobs; null after the last. */
export type JobLines = string | null;

/** From the worker: lines were taken up; or it is done: null, or what went wrong, with the system's code. */
export type WorkbookAnswer =
  | { readonly kind: 'next' }
  | { readonly kind: 'done'; readonly error: { readonly message: string; readonly code?: string } | null };

if (parentPort !== null) await work(parentPort, workerData);

async function work(port: MessagePort, input: WorkbookInput): Promise<void> {
  const error = await writeWorkbook(input, receivedJobs(port)).then(
    () => null,
    (thrown: NodeJS.ErrnoException) => ({
      message: thrown.message,
      ...(thrown.code ? { code: thrown.code } : {}),
    }),
  );
  const answer: WorkbookAnswer = { kind: 'done', error };
  port.postMessage(answer);
}

/** Jobs as they come in. Lines are asked for when those before are taken up, so that few are on the way. */
async function* receivedJobs(port: MessagePort): AsyncGenerator<readonly BackupJob[]> {
  const next: WorkbookAnswer = { kind: 'next' };
  let coming: Promise<[JobLines]> = once(port, 'message') as Promise<[JobLines]>;
  port.postMessage(next);
  for (;;) {
    const [lines] = await coming;
    if (lines === null) return;
    coming = once(port, 'message') as Promise<[JobLines]>;
    port.postMessage(next);
    yield lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as BackupJob);
  }
}
