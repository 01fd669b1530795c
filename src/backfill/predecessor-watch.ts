import { pollPauses } from '../base/poll.js';
import { listCommitted } from '../day/revisions/list-committed.js';
import { hasReport } from '../day/revisions/list-reported.js';
import { Failure } from '../errors.js';
import type { ReportDay } from '../model/report-day.js';
import type { Archive, Clock, Log } from '../ports.js';

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

  /** @param days of the whole range, in order */
  constructor(plan: string, days: readonly ReportDay[], ports: WatchPorts) {
    this.#plan = plan;
    this.#days = days;
    this.#ports = ports;
  }

  /**
   * Waits until every earlier day of the range has its report, or is known not to get one.
   *
   * @throws Failure('storage') after 15 minutes without progress
   */
  async waitForDaysBefore(day: ReportDay, isEmpty: IsEmptyDay): Promise<void> {
    const { clock } = this.#ports;
    let wait: Wait | null = null;
    for (;;) {
      const awaited = await this.#firstMissingBefore(day);
      if (awaited === null) return;
      if (wait?.awaited !== awaited) wait = this.#beginWait(day, awaited);
      const waitedMs = clock.nowMs() - wait.sinceMs;
      if (waitedMs >= doubtMs && !wait.isDoubted) {
        wait.isDoubted = true;
        if (await isEmpty(awaited)) {
          this.#settled += 1;
          continue;
        }
      }
      if (waitedMs >= patienceMs) throw noProgress(day.date, awaited.date);
      await clock.sleep(wait.pauses.next().value);
    }
  }

  async #firstMissingBefore(day: ReportDay): Promise<ReportDay | null> {
    const earlier = this.#days.slice(
      0,
      this.#days.findIndex(({ date }) => date === day.date),
    );
    const [first, last] = [earlier[this.#settled], earlier.at(-1)];
    if (first === undefined || last === undefined) return null;
    const { archive } = this.#ports;
    const committed = await listCommitted(archive, this.#plan, first.date, last.date);
    for (;;) {
      const next = earlier[this.#settled];
      if (next === undefined || !committed.has(next.date)) return next ?? null;
      // A report from before the end of its day is made again.
      if (!(await hasReport(archive, this.#plan, next.date))) return next;
      this.#settled += 1;
    }
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
