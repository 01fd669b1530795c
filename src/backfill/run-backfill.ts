import { followSignal } from '../base/follow-signal.js';
import { batchSize, eachInBatches } from '../base/in-batches.js';
import { type LogFaults, withLogFaults } from '../day/delivery/log-faults.js';
import { keepLog } from '../day/log/keep-log.js';
import {
  type DayPorts,
  type DayRequest,
  type DayResult,
  type ReadAhead,
  type ReportPlan,
  VetoedReport,
} from '../day/report-plan.js';
import { startDay } from '../day/started-day.js';
import { type ReportDay, defaultSettleDelayMs } from '../model/report-day.js';
import type { ReportHead } from '../model/report-head.js';
import { type BackfillRange, type Shard, daysOf, daysOfShard } from './backfill-range.js';
import { DayReader } from './day-reader.js';
import { type BegunDay, type DaysBefore, makeInOrder } from './days-in-order.js';
import { daysOfOthers } from './days-of-others.js';
import { emptyDayVeto, isSuspiciouslyEmpty } from './empty-days.js';
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
  /** A day that uses more records than this is judged when the days before it are done; absent: 20,000. */
  readonly mostOverlapping?: number;
  readonly signal?: AbortSignal;
}

/** Beyond this a day is read and rendered on two cores by itself, and two of them would need twice the memory. */
const defaultMostOverlapping = 20_000;

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
  readonly watch: PredecessorWatch;
}

/**
 * Of three days that are underway, one is archived, one rendered, one read and judged. A shard waits for the days of others,
 * which are underway at the same time.
 */
function daysAtOnce({ shard }: BackfillRequest, ports: Pick<DayPorts, 'sources'>): number {
  return shard.of > 1 || isOneCursor(ports) ? 1 : 3;
}

/**
 * Makes the reports of a range of days, oldest first, because each continues the one before. Events are read ahead,
 * several days at once, and a day is judged while those before it are rendered and archived. It can be stopped or killed at
 * any moment and resumed: what is in the archive is not made twice, and what was to be delivered of it is delivered. Whether
 * a day is done is asked of its manifest and its ledger together.
 *
 * Yields each day of its shard when it is done. Throws at the first day that cannot be archived: the days after it would
 * continue a report that does not exist.
 */
export async function* runBackfill<R extends ReportHead>(
  plan: ReportPlan<R>,
  request: BackfillRequest,
  ports: DayPorts<R>,
): AsyncGenerator<BackfillDay<R>> {
  // Once for all days: what a process that crashed left without a leaf.
  let log: LogFaults = await keepLog(plan.name, 'whole-plan', ports);
  for await (const day of makeDays(plan, request, ports)) {
    yield withFaultsOfLog(day, log);
    if (day.kind === 'made' || day.kind === 'there') log = { faults: [] };
  }
}

/** What is wrong with the log is told with the first day that has deliveries. */
function withFaultsOfLog<R extends ReportHead>(day: BackfillDay<R>, log: LogFaults): BackfillDay<R> {
  if (day.kind === 'made') return { ...day, result: withLogFaults(day.result, log) };
  return day.kind === 'there' ? { ...day, deliveries: withLogFaults(day.deliveries, log) } : day;
}

async function* makeDays<R extends ReportHead>(
  plan: ReportPlan<R>,
  request: BackfillRequest,
  ports: DayPorts<R>,
): AsyncGenerator<BackfillDay<R>> {
  const { shard, signal } = request;
  const days = daysOf(request);
  const own = daysOfShard(days, shard);
  const { standing, work } = await divideDays(plan.name, own, request.mode, ports);
  yield* visitAll(standing, { plan, request, ports });

  const stop = followSignal(signal);
  const stoppable = { plan, request: { ...request, signal: stop.signal }, ports };
  const reader = openReader(work, stoppable);
  const watch = new PredecessorWatch(plan.name, days, { ...ports, signal: stop.signal });
  try {
    yield* makeInOrder(
      work,
      (day, before) => beginDay(day, before, { ...stoppable, reader, watch }),
      daysAtOnce(request, ports),
    );
  } finally {
    stop.end();
    await reader.close();
  }
}

/** One at a time where messages may be sent, else several at once: only small files are read. */
async function* visitAll<R extends ReportHead>(
  days: readonly (ReportDay | NewerDay)[],
  { plan, request, ports }: Pick<Backfill<R>, 'plan' | 'request' | 'ports'>,
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
  { plan, request, ports }: Pick<Backfill<ReportHead>, 'plan' | 'request' | 'ports'>,
): DayReader {
  const { ahead, signal } = request;
  const { sources, log } = ports;
  return new DayReader(sources, work, {
    kind: plan.kind,
    language: plan.language,
    settleDelayMs: plan.settleDelayMs ?? defaultSettleDelayMs,
    log,
    ahead: isOneCursor(ports) ? 0 : ahead,
    ...(signal === undefined ? {} : { signal }),
  });
}

/** All readings of a consumer group share one cursor, so two days cannot be read at once. */
function isOneCursor({ sources }: Pick<DayPorts, 'sources'>): boolean {
  return sources.some(({ type }) => type === 'streaming');
}

/**
 * Begins a day once the days before it are judged: it goes on from what they say. A day without events begins once they are
 * done, because the archive tells whether its events have expired. So does a large one, because of the memory that two need.
 */
async function beginDay<R extends ReportHead>(
  day: ReportDay,
  before: DaysBefore,
  { plan, request, ports, reader, watch }: Backfill<R>,
): Promise<BegunDay<BackfillDay<R>>> {
  const { notify, shard, generatedAtMs, signal, writesEmpty } = request;
  let pending = await before.pending();
  // Start reading while another process may still be making the day before.
  const reading = reader.take(day);
  const others = shard.of > 1 ? await daysOfOthers(day, { plan, ports, reader, watch }) : null;
  const readAhead = await reading;
  const isEmpty = !writesEmpty && readAhead.reading.used === 0;
  // What a stream gave is not given again, so nothing is judged from what may still change.
  const isAlone = isEmpty || isOneCursor(ports) || isLarge(readAhead, request);
  if (isAlone) {
    await before.done;
    await others?.done();
  } else pending = [...pending, ...(others?.pending ?? [])];
  const made: DayRequest<R> = {
    day,
    generatedAtMs: generatedAtMs(),
    signal,
    notify,
    readAhead,
    catchesUpLog: false,
    ...(isAlone ? {} : { pending, whenPreviousDone: others?.done }),
    ...(isEmpty ? { veto: await emptyVeto(day, { plan, ports, reader }) } : {}),
  };
  const { finish, discard, ...started } = startDay(plan, made, ports, before.rendered);
  return {
    ...started,
    finish: () => resultOf(day, finish),
    discard: async () => {
      await discard();
      await reader.release(day);
    },
  };
}

/** A shard has one day at a time, whatever its size. */
function isLarge(
  { reading }: ReadAhead,
  { shard, mostOverlapping = defaultMostOverlapping }: BackfillRequest,
): boolean {
  return shard.of === 1 && reading.used > mostOverlapping;
}

async function emptyVeto<R extends ReportHead>(
  day: ReportDay,
  { plan, ports, reader }: Pick<Backfill<R>, 'plan' | 'ports' | 'reader'>,
): Promise<(report: R) => string | null> {
  const isSuspicious = await isSuspiciouslyEmpty(day, { plan: plan.name, archive: ports.archive, reader });
  return (report) => emptyDayVeto(report, plan.kind, isSuspicious);
}

async function resultOf<R extends ReportHead>(
  { date }: ReportDay,
  finish: () => Promise<DayResult<R>>,
): Promise<BackfillDay<R>> {
  try {
    return { date, kind: 'made', result: await finish() };
  } catch (error) {
    if (error instanceof VetoedReport) return { date, kind: 'no-events', words: error.message };
    throw error;
  }
}
