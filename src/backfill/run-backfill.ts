import { makeDailyReport } from '../day/make-daily-report.js';
import {
  type DayPorts,
  type DayRequest,
  type DayResult,
  type ReportPlan,
  VetoedReport,
} from '../day/report-plan.js';
import { listCommitted } from '../day/revisions/list-committed.js';
import { Failure } from '../errors.js';
import { type ReportDay, defaultSettleDelayMs } from '../model/report-day.js';
import type { ReportHead } from '../model/report-head.js';
import { type BackfillRange, type Shard, daysOf, daysOfShard } from './backfill-range.js';
import { DayReader } from './day-reader.js';
import { emptyDayVeto, hasNoEvents, isEmptyForOthers, isSuspiciouslyEmpty } from './empty-days.js';
import { PredecessorWatch } from './predecessor-watch.js';

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
  /** Archived, but not delivered to everybody. */
  | { readonly kind: 'undelivered'; readonly words: string }
  /** It already has a report. */
  | { readonly kind: 'there' }
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
 * several days at once. It can be stopped or killed at any moment and resumed: what is in the archive is not made twice.
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
  const { standing, work } = await divideDays(plan.name, days, request, ports);
  for (const { date } of standing) yield { date, kind: 'there' };

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

/** The days of the shard that keep their report, and those to be made. */
async function divideDays(
  plan: string,
  days: readonly ReportDay[],
  { from, to, mode, shard }: BackfillRequest,
  { archive }: DayPorts,
): Promise<{ readonly standing: readonly ReportDay[]; readonly work: readonly ReportDay[] }> {
  const committed = await listCommitted(archive, plan, from, to);
  const stands = ({ date }: ReportDay): boolean => mode === 'missing' && committed.has(date);
  const own = daysOfShard(days, shard);
  return { standing: own.filter(stands), work: own.filter((day) => !stands(day)) };
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
    // The report is archived, so the days after it can continue it.
    if (error instanceof Failure && error.kind === 'delivery') {
      return { date, kind: 'undelivered', words: error.message };
    }
    throw error;
  }
}
