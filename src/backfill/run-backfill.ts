import { batchSize, eachInBatches } from '../base/in-batches.js';
import { makeDailyReport } from '../day/make-daily-report.js';
import {
  type DayPorts,
  type DayRequest,
  type DayResult,
  type ReportPlan,
  VetoedReport,
} from '../day/report-plan.js';
import { type ReportDay, defaultSettleDelayMs } from '../model/report-day.js';
import type { ReportHead } from '../model/report-head.js';
import { type BackfillRange, type Shard, daysOf, daysOfShard } from './backfill-range.js';
import { DayReader } from './day-reader.js';
import { emptyDayVeto, hasNoEvents, isEmptyForOthers, isSuspiciouslyEmpty } from './empty-days.js';
import { PredecessorWatch } from './predecessor-watch.js';
import { type NewerDay, type StandingDay, divideDays, visitStanding } from './standing-days.js';

export interface BackfillRequest extends BackfillRange {
  /** missing: only days without a report are made. revise: the others get a revision if something has changed. */
  readonly mode: 'missing' | 'revise';
  /** Whether mail is sent and channels are notified. */
  readonly notify: boolean;
  readonly shard: Shard;
  /** How many days to read ahead of the one that is being made. */
  readonly ahead: number;
  /** Also writes days whose events may have expired at the source. */
  readonly writesEmpty: boolean;
  readonly generatedAtMs: () => number;
  readonly signal?: AbortSignal;
}

/** The result of one day. */
export type BackfillDay<R extends ReportHead = ReportHead> = { readonly date: string } & (
  | { readonly kind: 'made'; readonly result: DayResult<R> }
  /** It already has its report. */
  | ({ readonly kind: 'there' } & StandingDay)
  /** A newer version of this program made its report, which is not for this one to replace. */
  | NewerDay
  /** Its events may have expired at the source, so a report might be wrong. */
  | { readonly kind: 'no-events'; readonly words: string }
);

/** What the days of one backfill are made with. */
interface Backfill<R extends ReportHead> {
  readonly plan: ReportPlan<R>;
  readonly request: BackfillRequest;
  readonly ports: DayPorts<R>;
  readonly reader: DayReader;
}

/**
 * Makes the reports of a range of days, oldest first, because each continues the one before. Events are read ahead,
 * several days at once. It can be stopped or killed at any moment and resumed: what is in the archive is not made twice, and
 * what was to be delivered of it is delivered. Whether a day is done is asked of its manifest and its ledger together.
 *
 * Yields each day of its shard when it is done. Throws at the first day that cannot be archived: the days after it would
 * continue a report that does not exist.
 */
export async function* runBackfill<R extends ReportHead>(
  plan: ReportPlan<R>,
  request: BackfillRequest,
  ports: DayPorts<R>,
): AsyncGenerator<BackfillDay<R>> {
  const { shard, signal } = request;
  const days = daysOf(request);
  const own = daysOfShard(days, shard);
  const { standing, work } = await divideDays(plan.name, own, request.mode, ports);
  yield* visitAll(standing, { plan, request, ports });

  const reader = openReader(work, { plan, request, ports });
  const watch = new PredecessorWatch(plan.name, days, ports);
  try {
    for (const day of work) {
      signal?.throwIfAborted();
      // Start reading while another process may still be making the day before.
      const reading = reader.take(day);
      if (shard.of > 1) await watch.waitForDaysBefore(day, (each) => isEmptyForOthers(each, reader));
      await reading;
      yield await makeDay(day, { plan, request, ports, reader });
      await reader.release(day);
    }
  } finally {
    await reader.close();
  }
}

/** One at a time where messages may be sent, else several at once: only small files are read. */
async function* visitAll<R extends ReportHead>(
  days: readonly (ReportDay | NewerDay)[],
  { plan, request, ports }: Omit<Backfill<R>, 'reader'>,
): AsyncGenerator<BackfillDay<R>> {
  const { notify, signal } = request;
  const atOnce = notify ? 1 : batchSize;
  for (let start = 0; start < days.length; start += atOnce) {
    signal?.throwIfAborted();
    const visit = async (day: ReportDay | NewerDay): Promise<BackfillDay<R>> => {
      if ('kind' in day) return day;
      const { date } = day;
      return { date, kind: 'there', ...(await visitStanding(plan, date, ports, notify)) };
    };
    yield* await eachInBatches(days.slice(start, start + atOnce), visit);
  }
}

function openReader(
  work: readonly ReportDay[],
  { plan, request, ports }: Omit<Backfill<ReportHead>, 'reader'>,
): DayReader {
  const { ahead, signal } = request;
  const { sources, log } = ports;
  // All readings of a consumer group share one cursor, so two days cannot be read at once.
  const canReadAhead = sources.every(({ type }) => type !== 'streaming');
  return new DayReader(sources, work, {
    kind: plan.kind,
    language: plan.language,
    settleDelayMs: plan.settleDelayMs ?? defaultSettleDelayMs,
    log,
    ahead: canReadAhead ? ahead : 0,
    ...(signal === undefined ? {} : { signal }),
  });
}

async function makeDay<R extends ReportHead>(
  day: ReportDay,
  { plan, request, ports, reader }: Backfill<R>,
): Promise<BackfillDay<R>> {
  const { notify, generatedAtMs, signal, writesEmpty } = request;
  const { date } = day;
  const readAhead = await reader.take(day);
  const isEmpty = !writesEmpty && (await hasNoEvents(day, reader));
  const isSuspicious =
    isEmpty && (await isSuspiciouslyEmpty(day, { plan: plan.name, archive: ports.archive, reader }));
  try {
    const made: DayRequest<R> = {
      day,
      generatedAtMs: generatedAtMs(),
      signal,
      notify,
      readAhead,
      ...(isEmpty ? { veto: (report) => emptyDayVeto(report, plan.kind, isSuspicious) } : {}),
    };
    const result = await makeDailyReport(plan, made, ports);
    return { date, kind: 'made', result };
  } catch (error) {
    if (error instanceof VetoedReport) return { date, kind: 'no-events', words: error.message };
    throw error;
  }
}
