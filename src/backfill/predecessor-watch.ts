import { pollPauses } from '../base/poll.js';
import { listCommitted } from '../day/revisions/list-committed.js';
import { hasReport } from '../day/revisions/list-reported.js';
import { Failure } from '../errors.js';
import type { ReportDay } from '../model/report-day.js';
import type { Archive } from '../ports/archive.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';

const pace = { firstMs: 250, factor: 2, longestMs: 5000 };
/** After this long without a new report, the watch checks whether the missing one will come at all. */
const doubtMs = 20_000;
const patienceMs = 15 * 60_000;

/** Whether the sources have no events of a day, so that its process may not make a report of it. */
export type IsEmptyDay = (day: ReportDay) => Promise<boolean>;

export interface WatchPorts {
  readonly archive: Archive;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends every wait. */
  readonly signal?: AbortSignal;
}

/** The wait for one missing report. */
interface Wait {
  readonly awaited: ReportDay;
  readonly sinceMs: number;
  readonly pauses: Generator<number, never>;
  isDoubted: boolean;
}

/** Waits for reports that other processes are making. */
export class PredecessorWatch {
  readonly #plan: string;
  readonly #days: readonly ReportDay[];
  readonly #ports: WatchPorts;
  /** How many of the first days need not be checked again. */
  #settled = 0;
  /** Dates of days that get no report. */
  readonly #empty = new Set<string>();

  /** @param days of the whole range, in order */
  constructor(plan: string, days: readonly ReportDay[], ports: WatchPorts) {
    this.#plan = plan;
    this.#days = days;
    this.#ports = ports;
  }

  /**
   * Waits until every earlier day of the range has its report, or is known not to get one.
   *
   * @param isEnough whether a day that has no report yet need not be waited for
   * @throws Failure('storage') after 15 minutes without progress
   */
  async waitForDaysBefore(
    day: ReportDay,
    isEmpty: IsEmptyDay,
    isEnough: (date: string) => Promise<boolean> = async () => false,
  ): Promise<void> {
    const { clock, signal } = this.#ports;
    let wait: Wait | null = null;
    for (;;) {
      signal?.throwIfAborted();
      const awaited = await this.#firstMissingBefore(day, isEnough);
      if (awaited === null) return;
      if (wait?.awaited !== awaited) wait = this.#beginWait(day, awaited);
      const waitedMs = clock.nowMs() - wait.sinceMs;
      if (waitedMs >= doubtMs && !wait.isDoubted) {
        wait.isDoubted = true;
        if (await isEmpty(awaited)) {
          this.#empty.add(awaited.date);
          continue;
        }
      }
      if (waitedMs >= patienceMs) throw noProgress(day.date, awaited.date);
      await clock.sleep(wait.pauses.next().value);
    }
  }

  async #firstMissingBefore(
    day: ReportDay,
    isEnough: (date: string) => Promise<boolean>,
  ): Promise<ReportDay | null> {
    const earlier = this.#days.slice(
      0,
      this.#days.findIndex(({ date }) => date === day.date),
    );
    const left = earlier.slice(this.#settled);
    const [first, last] = [left[0], left.at(-1)];
    if (first === undefined || last === undefined) return null;
    const { archive } = this.#ports;
    const committed = await listCommitted(archive, this.#plan, first.date, last.date);
    for (const [index, { date }] of left.entries()) {
      // A report from before the end of its day is made again.
      const isThere =
        this.#empty.has(date) || (committed.has(date) && (await hasReport(archive, this.#plan, date)));
      if (isThere && this.#settled === earlier.length - left.length + index) this.#settled += 1;
      if (!isThere && !(await isEnough(date))) return left[index] ?? null;
    }
    return null;
  }

  #beginWait(day: ReportDay, awaited: ReportDay): Wait {
    const { clock, log } = this.#ports;
    log.info(
      { date: day.date, waitsFor: awaited.date },
      'backfill: waiting for a day that another process makes',
    );
    return { awaited, sinceMs: clock.nowMs(), pauses: pollPauses(pace), isDoubted: false };
  }
}

function noProgress(date: string, awaited: string): Failure {
  return new Failure(
    'storage',
    `${date}: its report goes on from that of ${awaited}, which no process makes`,
    {
      hints: [
        'Start the other shards again with the same range: what is in the archive stays, only the rest is made.',
      ],
    },
  );
}
