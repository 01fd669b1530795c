import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import { Failure } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { ReportHead } from '../../model/report-head.js';
import { TemplateFailure } from '../../model/template-fault.js';
import type { Renderer, RenderInput } from '../../ports.js';
import type { ThemeData } from '../theme.js';
import { xlsxRowLimit } from './workbook-limits.js';
import { WorkbookThreads } from './workbook-threads.js';
import type {
  JobLines,
  WorkbookAnswer,
  WorkbookOrder,
  WorkbookTask,
  WorkerError,
} from './workbook-worker.js';

/**
 * Renders report.xlsx in a worker thread, so that the largest artefact has the second core while the first does the
 * rest, and exceljs is loaded only there.
 *
 * @param theme has the template `report.xlsx`; an error in it rejects with a TemplateFailure that names sheet and cell
 * @param listsModule URL of the module with the lists that the template can show: see ListsModule
 * @param rowLimit most rows of one sheet; more continue on a second one
 */
export function createWorkbookRenderer<R extends ReportHead>(
  theme: ThemeData,
  listsModule: string,
  rowLimit = xlsxRowLimit,
): Renderer<R> {
  const threads = new WorkbookThreads();
  const [shipped = '', ...own] = theme.folders;
  const onlyShipped = { ...theme, folders: [shipped] };
  return {
    ...(own.length === 0 ? {} : { shipped: createWorkbookRenderer<R>(onlyShipped, listsModule, rowLimit) }),
    name: artefactNames.workbook,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    render: ({ report, lines, edition }, path) => {
      const task = { report, theme, path, rowLimit, listsModule, ...(edition && { edition }) };
      return renderInThread(task, lines(), threads);
    },
  };
}

/** A thread is used again only where nothing went wrong in it or with the lines. */
async function renderInThread(
  task: WorkbookTask<RenderInput['report']>,
  lines: AsyncIterable<string>,
  threads: WorkbookThreads,
): Promise<void> {
  const batches = lines[Symbol.asyncIterator]();
  const worker = threads.take();
  // Of its own for each workbook: what is left of an earlier one cannot get into the next.
  const { port1: port, port2 } = new MessageChannel();
  let giveBack = async (): Promise<void> => void (await worker.terminate());
  try {
    const order: WorkbookOrder = { task, port: port2 };
    const heapBytes = await answerOf(worker, port, batches, () => worker.postMessage(order, [port2]));
    giveBack = () => threads.giveBack(worker, heapBytes);
  } finally {
    port.close();
    // Other readers of the lines continue.
    await Promise.all([giveBack(), batches.return?.()]);
  }
}

/** Feeds the thread until it is done. Returns the size of its heap. */
async function answerOf(
  worker: Worker,
  port: MessagePort,
  batches: AsyncIterator<string>,
  begin: () => void,
): Promise<number> {
  const ended = new AbortController();
  try {
    return await new Promise<number>((resolve, reject) => {
      port.on('message', (answer: WorkbookAnswer) => {
        if (answer.kind === 'next') {
          sendNext(port, batches).catch(reject);
        } else if (answer.error === null) {
          resolve(answer.heapBytes);
        } else {
          reject(thrownBy(answer.error));
        }
      });
      const exited = (code: number): void =>
        reject(new Error(`the thread that makes the workbook ended with ${code}`));
      worker.on('error', reject).on('exit', exited);
      ended.signal.addEventListener('abort', () => worker.off('error', reject).off('exit', exited));
      begin();
    });
  } finally {
    ended.abort();
  }
}

function thrownBy({ message, failure, template, ...details }: WorkerError): Error {
  if (template !== undefined) return new TemplateFailure(template.path, template.faults, template);
  if (failure !== undefined) return new Failure(failure.kind, message, { hints: failure.hints });
  return Object.assign(new Error(message), details);
}

async function sendNext(port: MessagePort, batches: AsyncIterator<string>): Promise<void> {
  const { value, done } = await batches.next();
  const next: JobLines = done === true ? null : value;
  port.postMessage(next);
}
