import type { PendingReport } from '../day/revisions/pending-report.js';
import type { ReportDay } from '../model/report-day.js';

/** A day that has begun. */
export interface BegunDay<T> {
  /** Once it is judged: its report for the days after it; null: they go on from what the archive has. Never rejects. */
  readonly judged: Promise<PendingReport | null>;
  /** Once nothing of it is rendered any more. Never rejects. */
  readonly rendered: Promise<void>;
  /** Archives and delivers it. Called once, when all days before it are done. */
  finish(): Promise<T>;
  /** Waits until nothing of it runs any more, and removes its files. */
  discard(): Promise<void>;
}

/** The days before one that begins. */
export interface DaysBefore {
  /** Once they are judged: the reports of those that are not done yet, oldest first. */
  pending(): Promise<readonly PendingReport[]>;
  /** Once all of them are rendered. */
  readonly rendered: Promise<void>;
  /** Once all of them are done; rejects where they never will be. */
  readonly done: Promise<void>;
}

/** Starts to make a day. What goes wrong is thrown in its turn. */
export type BeginDay<T> = (day: ReportDay, before: DaysBefore) => Promise<BegunDay<T>>;

/**
 * Makes days of which each begins while those before it are not done yet. They are done in order, one at a time, each when
 * it is asked for. Ends with the first error of a day; days after it are given up.
 *
 * @param atOnce how many days are begun and not done
 */
export async function* makeInOrder<T>(
  days: readonly ReportDay[],
  begin: BeginDay<T>,
  atOnce: number,
): AsyncGenerator<T> {
  const left = [...days];
  const underway: DayUnderway<T>[] = [];
  try {
    for (;;) {
      for (const day of left.splice(0, atOnce - underway.length)) {
        underway.push(new DayUnderway(day, begin, [...underway]));
      }
      const [first] = underway;
      if (first === undefined) return;
      const result = await first.finish();
      underway.shift();
      yield result;
    }
  } finally {
    for (const day of underway) day.giveUp();
    for (const day of underway) await day.discard();
  }
}

class DayUnderway<T> {
  readonly #begun: Promise<BegunDay<T>>;
  readonly #judged: Promise<PendingReport | null>;
  readonly #rendered: Promise<void>;
  readonly #done = new Ending();
  #isDone = false;

  /** @param before the days before it that are not done, oldest first */
  constructor(day: ReportDay, begin: BeginDay<T>, before: readonly DayUnderway<T>[]) {
    const last = before.at(-1);
    this.#begun = begin(day, {
      pending: () => pendingOf(before),
      rendered: last === undefined ? Promise.resolve() : last.#rendered,
      done: last === undefined ? Promise.resolve() : last.#done.promise,
    });
    this.#judged = this.#begun.then(
      ({ judged }) => judged,
      () => null,
    );
    this.#rendered = this.#begun.then(
      ({ rendered }) => rendered,
      () => undefined,
    );
  }

  async finish(): Promise<T> {
    const begun = await this.#begun;
    const result = await begun.finish();
    await begun.discard();
    this.#isDone = true;
    this.#done.resolve();
    return result;
  }

  giveUp(): void {
    this.#done.reject(new Error('a day before this one was not made'));
  }

  async discard(): Promise<void> {
    const begun = await this.#begun.catch(() => null);
    await begun?.discard();
  }

  /** null: it is done, or nothing is to come of it. */
  async pending(): Promise<PendingReport | null> {
    const pending = await this.#judged;
    return this.#isDone ? null : pending;
  }
}

async function pendingOf<T>(before: readonly DayUnderway<T>[]): Promise<readonly PendingReport[]> {
  const reports = await Promise.all(before.map((day) => day.pending()));
  return reports.filter((report) => report !== null);
}

/** A promise that is settled from outside; nobody has to wait for it. */
class Ending {
  readonly promise: Promise<void>;
  #settle: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.promise.catch(() => undefined);
  }

  resolve(): void {
    this.#settle?.resolve();
  }

  reject(error: Error): void {
    this.#settle?.reject(error);
  }
}
