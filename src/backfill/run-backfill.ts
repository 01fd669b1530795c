import {
  type DayPorts,
  type DayRequest,
  type DayResult,
  type ReportPlan,
  VetoedReport,
} from '../day/report-plan.js';
import { Failure } from '../errors.js';
import type { ReportDay } from '../model/report-day.js';
import type { ReportHead } from '../model/report-head.js';
import { makeDailyReport } from '../day/make-daily-report.js';
import { listCommitted } from '../day/revisions/list-committed.js';
import { type BackfillRange, type Shard, daysOf, daysOfShard } from './backfill-range.js';
import { DayReader } from './day-reader.js';
import { emptyDayVeto, isEmptyForOthers, isSuspiciouslyEmpty } from './empty-days.js';
import { PredecessorWatch } from './predecessor-watch.js';

export interface BackfillRequest extends BackfillRange {
  /** missing: days that have a report are left as they are. revise: they get a revision where something has changed. */
  readonly mode: 'missing' | 'revise';
  /** Whether mail is sent and channels are notified. */
  readonly notify: boolean;
  readonly shard: Shard;
  /** How many days are read ahead of the one that is being made. */
  readonly ahead: number;
  /** Also writes days whose events may have expired at the source. */
  readonly writesEmpty: boolean;
  readonly generatedAtMs: () => number;
  readonly signal?: AbortSignal;
}

/** What became of one day. */
export type BackfillDay<R extends ReportHead = ReportHead> = { readonly date: string } & (
  | { readonly kind: 'made'; readonly result: DayResult<R> }
  /** Archived, but not everybody could be notified. */
  | { readonly kind: 'undelivered'; readonly words: string }
  /** It has a report already. */
  | { readonly kind: 'there' }
  /** The sources have nothing of it, and a report would say what nobody knows. */
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
 * several days at once. It can be stopped or killed at any moment and resumed: what is in the archive stays and is not
 * made twice.
 *
 * Yields each day of its shard as it is done. Ends with the first day that cannot be archived: those after it would
 * continue a report that is not there.
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
      // Reading begins while another process may still be making the day before.
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

/** The days of the shard that stay as they are, and those to be made. */
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
  // All readings share a group's cursor: reading two days at once would tear it.
  const canReadAhead = sources.every(({ type }) => type !== 'streaming');
  return new DayReader(sources, work, {
    kind: plan.kind,
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
  const isSuspicious =
    !writesEmpty && (await isSuspiciouslyEmpty(day, { plan: plan.name, archive: ports.archive, reader }));
  try {
    const made: DayRequest<R> = {
      day,
      generatedAtMs: generatedAtMs(),
      signal,
      notify,
      readAhead,
      ...(isSuspicious ? { veto: (report) => emptyDayVeto(report, plan.kind) } : {}),
    };
    const result = await makeDailyReport(plan, made, ports);
    return { date, kind: 'made', result };
  } catch (error) {
    if (error instanceof VetoedReport) return { date, kind: 'no-events', words: error.message };
    // The report is archived: the days after it can continue it.
    if (error instanceof Failure && error.kind === 'delivery') {
      return { date, kind: 'undelivered', words: error.message };
    }
    throw error;
  }
}
