import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import { Failure } from '../../errors.js';
import { artefactNames } from '../../model/artefact-names.js';
import { TemplateFailure } from '../../model/template-fault.js';
import type { Renderer } from '../../ports/renderer.js';
import type { ThemeData } from '../theme.js';
import type { WorkbookTask } from './make-workbook.js';
import type { KeptTemplates } from './template/kept-template.js';
import { workbookTemplateName } from './template/template-name.js';
import { xlsxRowLimit } from './workbook-limits.js';
import { type WorkbookThreads, processThreads } from './workbook-threads.js';
import type { WorkbookDocument } from './workbook-document.js';
import type {
  JobLines,
  WorkbookAnswer,
  WorkbookDone,
  WorkbookOrder,
  WorkerError,
} from './workbook-worker.js';

/** With so many records the workbook takes longer than starting a thread. */
const largeDay = 5000;

/** Templates that were read in this thread. */
let kept: KeptTemplates | null = null;

/** What a workbook of another template than that of a day's report is made of. */
export interface WorkbookContent {
  /** URL of the module with its lists. */
  readonly listsModule: string;
  /** File of its template. */
  readonly template: string;
}

/**
 * Renders report.xlsx: of a large day, and of one after many others, in a worker thread, so that the largest artefact has the
 * second core while the first does the rest. Starting a thread takes several times as long as a small workbook, which is
 * made here.
 *
 * @param theme has the template `report.xlsx`; an error in it rejects with a TemplateFailure that names sheet and cell
 * @param content URL of the module with the lists that the template can show (see ListsModule), for the template of a day's
 *   report; with the name of another template
 * @param rowLimit most rows of one sheet; more continue on a second one
 * @param threads that make it, where it is worth one
 */
export function createWorkbookRenderer<R extends WorkbookDocument>(
  theme: ThemeData,
  content: string | WorkbookContent,
  rowLimit = xlsxRowLimit,
  threads = processThreads,
): Renderer<R> {
  const { listsModule, template } =
    typeof content === 'string' ? { listsModule: content, template: workbookTemplateName } : content;
  const [shipped = '', ...own] = theme.folders;
  const onlyShipped = { ...theme, folders: [shipped] };
  return {
    ...(own.length === 0
      ? {}
      : { shipped: createWorkbookRenderer<R>(onlyShipped, content, rowLimit, threads) }),
    name: artefactNames.workbook,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    prepare: () => threads.prepare(listsModule),
    render: ({ report, lines, edition }, path) => {
      const task = { report, theme, path, rowLimit, listsModule, template, ...(edition && { edition }) };
      // A period has no records.
      const isLarge = 'controlTotals' in report && report.controlTotals.used >= largeDay;
      return threads.isWorthOne(isLarge) ? renderInThread(task, lines(), threads) : renderHere(task, lines());
    },
  };
}

async function renderHere<R extends WorkbookDocument>(
  task: WorkbookTask<R>,
  lines: AsyncIterable<string>,
): Promise<void> {
  const batches = lines[Symbol.asyncIterator]();
  try {
    const [{ makeWorkbook }, { createKeptTemplates }] = await Promise.all([
      import('./make-workbook.js'),
      import('./template/kept-template.js'),
    ]);
    kept ??= createKeptTemplates();
    await makeWorkbook(task, { [Symbol.asyncIterator]: () => batches }, kept);
  } finally {
    // Other readers of the lines continue.
    await batches.return?.();
  }
}

/**
 * A thread is used again only where nothing went wrong in it or with the lines. A fault of the template is found before
 * anything is written, and leaves it as it was.
 */
async function renderInThread(
  task: WorkbookTask<WorkbookDocument>,
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
    const { error, heapBytes } = await answerOf(worker, port, batches, () =>
      worker.postMessage(order, [port2]),
    );
    const isSound = error === null || error.template !== undefined;
    if (isSound) giveBack = () => threads.giveBack(worker, heapBytes);
    if (error !== null) throw thrownBy(error);
  } finally {
    port.close();
    // Other readers of the lines continue.
    await Promise.all([giveBack(), batches.return?.()]);
  }
}

/** Feeds the thread until it is done. */
async function answerOf(
  worker: Worker,
  port: MessagePort,
  batches: AsyncIterator<string>,
  begin: () => void,
): Promise<WorkbookDone> {
  const ended = new AbortController();
  try {
    return await new Promise<WorkbookDone>((resolve, reject) => {
      port.on('message', (answer: WorkbookAnswer) => {
        if (answer.kind === 'next') {
          sendNext(port, batches).catch(reject);
        } else {
          resolve(answer);
        }
      });
      const failed = (error: NodeJS.ErrnoException): void =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? endedEarly('memory ran out', error) : error);
      const exited = (code: number): void => reject(endedEarly(`exit code ${code}`));
      worker.on('error', failed).on('exit', exited);
      ended.signal.addEventListener('abort', () => worker.off('error', failed).off('exit', exited));
      begin();
    });
  } finally {
    ended.abort();
  }
}

/** Its workbook is lost; the next one gets another thread. */
function endedEarly(why: string, cause?: unknown): Failure {
  const message = `${artefactNames.workbook}: the thread that makes it ended before it was done (${why})`;
  return new Failure('storage', message, {
    hints: ['Run the command again. If it happens again, give it more memory: a large day needs up to 1 GB.'],
    cause,
  });
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
