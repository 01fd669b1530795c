import { Worker } from 'node:worker_threads';
import type { BatchAnswer, ThreadReading } from '../../reports/record-reading.js';
import type { BatchTexts, ReadingTask } from './thread-reading.js';

/** Parsed records are short-lived: a small young generation is collected more often and is as fast. */
const youngMegabytes = 24;

/** A thread that parses and interprets texts of records, batch by batch. It does not keep the process alive. */
export class ReadingThread {
  readonly #worker: Worker;
  readonly #answers: ReturnType<ThreadReading['openAnswers']>;
  /** One for each batch that was not answered yet, the oldest first. */
  readonly #waiting: ((answer: BatchAnswer | null) => void)[] = [];
  readonly #onFailure: (error: unknown) => void;
  #isOver = false;

  /** @param onFailure is told once why the thread ended by itself */
  constructor({ module, window, openAnswers }: ThreadReading, onFailure: (error: unknown) => void) {
    const workerData: ReadingTask = { module, window };
    this.#answers = openAnswers();
    this.#onFailure = onFailure;
    this.#worker = new Worker(new URL('./reading-worker.js', import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    });
    this.#worker
      .on('message', (answer: unknown) => this.#receive(answer))
      .on('error', (error) => this.#end(error))
      .on('exit', () => this.#end(new Error('it ended')));
    this.#worker.unref();
  }

  /** Answers in the order of asking; null: the thread has ended, and nothing is known of the batch. */
  read(texts: BatchTexts): Promise<BatchAnswer | null> {
    if (this.#isOver) return Promise.resolve(null);
    this.#worker.ref();
    this.#worker.postMessage(texts);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    this.#isOver = true;
    for (const resolve of this.#waiting.splice(0)) resolve(null);
    await this.#worker.terminate();
  }

  #receive(answer: unknown): void {
    if (this.#isOver) return;
    this.#waiting.shift()?.(this.#answers(answer));
    if (this.#waiting.length === 0) this.#worker.unref();
  }

  #end(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const resolve of this.#waiting.splice(0)) resolve(null);
    this.#onFailure(error);
  }
}
