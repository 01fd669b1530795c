import { Failure } from '../errors.js';
import type { ReportDay } from '../model/report-day.js';
import type { Archive, Clock, Log } from '../ports.js';
import { listCommitted } from '../day/revisions/list-committed.js';

const firstPollMs = 250;
const longestPollMs = 5000;
/** After so long without a new report it is looked whether the one that is waited for can come at all. */
const doubtMs = 20_000;
const patienceMs = 15 * 60_000;

/** Waits for reports that other processes make. */
export interface PredecessorWatch {
  /**
   * Until every earlier day of the range has its report, or is known to get none.
   *
   * @param isEmpty whether the sources have nothing of a day, so that its process may have made no report of it
   * @throws Failure('storage') when nothing has moved for a quarter of an hour
   */
  until(day: ReportDay, isEmpty: (day: ReportDay) => Promise<boolean>): Promise<void>;
}

export function createPredecessorWatch(
  plan: string,
  days: readonly ReportDay[],
  { archive, clock, log }: { readonly archive: Archive; readonly clock: Clock; readonly log: Log },
): PredecessorWatch {
  /** Days before this one need not be looked at again. */
  let settled = 0;

  async function firstMissing(before: number): Promise<number | null> {
    const [first, last] = [days[settled], days[before - 1]];
    if (first === undefined || last === undefined || settled >= before) return null;
    const committed = await listCommitted(archive, plan, first.date, last.date);
    while (settled < before && committed.has(days[settled]?.date ?? '')) settled += 1;
    return settled < before ? settled : null;
  }

  return {
    async until(day, isEmpty) {
      const turn = days.findIndex(({ date }) => date === day.date);
      let movedMs = clock.nowMs();
      let pollMs = firstPollMs;
      let waitsFor = -1;
      let isDoubted = false;
      for (;;) {
        const missing = await firstMissing(turn);
        const awaited = missing === null ? undefined : days[missing];
        if (missing === null || awaited === undefined) return;
        if (missing !== waitsFor) {
          waitsFor = missing;
          movedMs = clock.nowMs();
          pollMs = firstPollMs;
          isDoubted = false;
          log.info(
            { date: day.date, waitsFor: awaited.date },
            'backfill: waits for a day that another process makes',
          );
        }
        const waitedMs = clock.nowMs() - movedMs;
        if (waitedMs >= doubtMs && !isDoubted) {
          isDoubted = true;
          if (await isEmpty(awaited)) {
            settled = missing + 1;
            continue;
          }
        }
        if (waitedMs >= patienceMs) throw noProgress(day.date, awaited.date);
        await clock.sleep(pollMs);
        pollMs = Math.min(pollMs * 2, longestPollMs);
      }
    },
  };
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
