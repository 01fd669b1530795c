import { Worker } from 'node:worker_threads';
import type { WorkbookPreparation } from './workbook-worker.js';

/** What a thread may hold to be kept: starting one costs little beside the report of a large fleet. */
const keptHeapBytes = 128 * 1024 * 1024;

/** Workbooks that a process makes within that time before it starts a thread: those of a day with two recipients. */
const madeHere = 3;

/** Longer than a day of a backfill takes; much shorter than what a schedule waits for its next day. */
const defaultWaitMs = 60_000;

/**
 * The threads that make workbooks. Starting one takes longer than a small workbook, so the first few are made without, and the
 * last thread waits for the next one: the parts of a report, the days of a backfill. It does not keep the process alive, and ends when nobody
 * needs it for a while. Two workbooks at once have two threads.
 */
export class WorkbookThreads {
  readonly #waitMs: number;
  readonly #mostHere: number;
  /** Workbooks of the last while that were made without a thread. */
  #here = 0;
  #waiting: { readonly worker: Worker; readonly timer: NodeJS.Timeout } | null = null;

  /**
   * @param waitMs how long a thread waits for its next workbook
   * @param mostHere how many small workbooks are made without a thread within that time
   */
  constructor(waitMs = defaultWaitMs, mostHere = 0) {
    this.#waitMs = waitMs;
    this.#mostHere = mostHere;
  }

  /**
   * Whether the next workbook should be made in a thread. Where several days follow each other, a thread makes the workbook of
   * one while the next is judged.
   */
  isWorthOne(isLarge: boolean): boolean {
    if (isLarge || this.#waiting !== null || this.#here >= this.#mostHere) return true;
    this.#here += 1;
    setTimeout(() => (this.#here -= 1), this.#waitMs).unref();
    return false;
  }

  /** The caller gives it back, or terminates it. */
  take(): Worker {
    const waiting = this.#waiting;
    if (waiting === null) return this.#start();
    clearTimeout(waiting.timer);
    this.#waiting = null;
    waiting.worker.ref();
    return waiting.worker;
  }

  /**
   * A thread that has made its workbook without an error.
   *
   * @param heapBytes size of its heap
   */
  async giveBack(worker: Worker, heapBytes: number): Promise<void> {
    if (this.#waiting !== null || heapBytes > keptHeapBytes) {
      await worker.terminate();
      return;
    }
    this.#keep(worker);
  }

  /** Starts the thread of the next workbook, which loads what it needs until its turn comes. */
  prepare(listsModule: string): void {
    if (this.#waiting !== null) return;
    const worker = this.#start();
    const preparation: WorkbookPreparation = { listsModule };
    worker.postMessage(preparation);
    this.#keep(worker);
  }

  #keep(worker: Worker): void {
    worker.unref();
    const end = (): void => {
      // Nobody may take it from now on: it takes a moment to end.
      this.#waiting = null;
      void worker.terminate();
    };
    this.#waiting = { worker, timer: setTimeout(end, this.#waitMs).unref() };
  }

  #start(): Worker {
    const worker = new Worker(new URL('./workbook-worker.js', import.meta.url), {
      // Rows are short-lived: a small young generation is collected more often and is as fast.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    // What goes wrong while it waits concerns no report.
    const forget = (): void => {
      if (this.#waiting?.worker === worker) this.#waiting = null;
    };
    return worker.on('error', forget).on('exit', forget);
  }
}

/**
 * Those of this process, for all plans and themes. What a thread keeps is found by its content and shows in no workbook,
 * so that sharing it is as safe as sharing Node's own threads.
 */
export const processThreads = new WorkbookThreads(defaultWaitMs, madeHere);
