import { once } from 'node:events';
import { getHeapStatistics } from 'node:v8';
import { type MessagePort, parentPort } from 'node:worker_threads';
import { Failure, type FailureKind } from '../../errors.js';
import { TemplateFailure } from '../../model/template-fault.js';
import { type WorkbookTask, makeWorkbook } from './make-workbook.js';
import { type KeptTemplates, createKeptTemplates } from './template/kept-template.js';
import type { WorkbookDocument } from './workbook-document.js';

/** To the worker: make a workbook. All else about it goes through the port. */
export interface WorkbookOrder {
  readonly task: WorkbookTask<WorkbookDocument>;
  readonly port: MessagePort;
}

/** To the worker: load what a workbook needs, whatever it will show. */
export interface WorkbookPreparation {
  /** URL of the module with the lists of the report's kind. */
  readonly listsModule: string;
}

/** To the worker: the next lines of jobs; null after the last. */
export type JobLines = string | null;

/** An error in the worker, as data: errors lose their class when posted. */
export interface WorkerError {
  readonly message: string;
  readonly stack?: string;
  /** The system's error code. */
  readonly code?: string;
  /** If it is a Failure. */
  readonly failure?: { readonly kind: FailureKind; readonly hints: readonly string[] };
  /** If it is a TemplateFailure. */
  readonly template?: Pick<TemplateFailure, 'path' | 'faults' | 'hints'>;
}

/** From the worker: the lines were processed; or it is done: null, or an error. */
export type WorkbookAnswer = { readonly kind: 'next' } | WorkbookDone;

export interface WorkbookDone {
  readonly kind: 'done';
  readonly error: WorkerError | null;
  /** Size of the thread's heap. */
  readonly heapBytes: number;
}

// One after the other: the next order comes when the previous one is done. Only a preparation may still go on.
if (parentPort !== null) serve(parentPort);

function serve(orders: MessagePort): void {
  const kept = createKeptTemplates();
  orders.on('message', (order: WorkbookOrder | WorkbookPreparation) => {
    if ('task' in order) void work(order, kept);
    else void prepare(order);
  });
}

async function prepare({ listsModule }: WorkbookPreparation): Promise<void> {
  // What cannot be loaded is the fault of the workbook that needs it.
  await import(listsModule).catch(() => undefined);
}

async function work({ task, port }: WorkbookOrder, kept: KeptTemplates): Promise<void> {
  const error = await makeWorkbook(task, receivedLines(port), kept).then(() => null, asData);
  const answer: WorkbookAnswer = { kind: 'done', error, heapBytes: getHeapStatistics().total_heap_size };
  port.postMessage(answer);
}

function asData(thrown: NodeJS.ErrnoException): WorkerError {
  const { message, code, stack } = thrown;
  if (thrown instanceof TemplateFailure) {
    const { path, faults, hints } = thrown;
    return { message, template: { path, faults, hints } };
  }
  if (thrown instanceof Failure) return { message, failure: { kind: thrown.kind, hints: thrown.hints } };
  return { message, ...(code ? { code } : {}), ...(stack ? { stack } : {}) };
}

/**
 * Lines of jobs as they arrive. The next are requested once the previous ones are processed, so that few are in transit.
 */
async function* receivedLines(port: MessagePort): AsyncGenerator<string> {
  const next: WorkbookAnswer = { kind: 'next' };
  let coming: Promise<[JobLines]> = once(port, 'message') as Promise<[JobLines]>;
  port.postMessage(next);
  for (;;) {
    const [lines] = await coming;
    if (lines === null) return;
    coming = once(port, 'message') as Promise<[JobLines]>;
    port.postMessage(next);
    yield lines;
  }
}
