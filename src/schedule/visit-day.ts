import { Failure } from '../errors.js';
import type { Log } from '../ports/log.js';
import type { DayInSight } from './schedule-days.js';
import type {
  DayDelivered,
  DayDone,
  DayOutcome,
  ScheduleClock,
  ScheduleObserver,
  ScheduledPlan,
} from './scheduled-plan.js';

export interface VisitPorts {
  readonly clock: ScheduleClock;
  readonly log: Log;
  readonly observer: ScheduleObserver | null;
  readonly signal: AbortSignal;
  /** Called after each request to the archive. */
  readonly onArchive: (isReached: boolean) => void;
  /** Called for each day that has a report. */
  readonly onReport: (date: string) => void;
  /** Awaited before any work is done. */
  readonly onWork: () => Promise<void>;
}

export interface Visit {
  readonly made: number;
  readonly unchanged: number;
  /** What a person should know, although nothing failed; null: all is fine. */
  readonly trouble: string | null;
}

const nothingDone: Visit = { made: 0, unchanged: 0, trouble: null };

/** Does what one settled day needs. Throws where that fails. */
export async function visitDay(
  plan: ScheduledPlan,
  { day, isCaughtUp }: DayInSight,
  isReadAgain: boolean,
  ports: VisitPorts,
): Promise<Visit> {
  const state = await stateOf(plan, day.date, ports);
  if (state === 'missing') return isCaughtUp ? make(plan, day, 'first', ports) : nothingDone;
  if (state === 'of-former-name') return nothingDone;
  ports.onReport(day.date);
  const delivered = state === 'undelivered' ? await deliver(plan, day.date, ports) : nothingDone;
  if (!isReadAgain) return delivered;
  const made = await make(plan, day, 'again', ports);
  return { ...made, trouble: made.trouble ?? delivered.trouble };
}

async function stateOf(
  plan: ScheduledPlan,
  date: string,
  { onArchive }: VisitPorts,
): ReturnType<ScheduledPlan['stateOf']> {
  try {
    const state = await plan.stateOf(date);
    onArchive(true);
    return state;
  } catch (error) {
    onArchive(false);
    throw error;
  }
}

async function make(
  plan: ScheduledPlan,
  day: DayInSight['day'],
  time: 'first' | 'again',
  ports: VisitPorts,
): Promise<Visit> {
  const { clock, log, observer, signal } = ports;
  await ports.onWork();
  const startMs = clock.monotonicMs();
  const done = await plan.makeDay(day, signal);
  const outcome = outcomeOf(done, time);
  const { revision, deliveries } = done;
  const seconds = Math.round((clock.monotonicMs() - startMs) / 100) / 10;
  observer?.dayDone(plan.name, outcome, seconds);
  observer?.delivered(plan.name, deliveries);
  ports.onReport(day.date);
  const fields = { plan: plan.name, date: day.date, outcome, revision, seconds };
  log.info({ ...fields, ...deliveryFields(done) }, 'schedule: day done');
  const trouble = await troubleOf(plan, day.date, done);
  return outcome === 'unchanged' ? { made: 0, unchanged: 1, trouble } : { made: 1, unchanged: 0, trouble };
}

/** The revision number cannot decide it: a first report is not r1 where a stopped process left an unfinished revision. */
function outcomeOf({ kind, isComplete }: DayDone, time: 'first' | 'again'): DayOutcome {
  if (kind === 'unchanged') return 'unchanged';
  if (time === 'again') return 'revised';
  return isComplete ? 'complete' : 'incomplete';
}

async function deliver(plan: ScheduledPlan, date: string, ports: VisitPorts): Promise<Visit> {
  await ports.onWork();
  const delivered = await plan.deliver(date, ports.signal);
  const { deliveries } = delivered;
  ports.observer?.delivered(plan.name, deliveries);
  ports.log.info({ plan: plan.name, date, ...deliveryFields(delivered) }, 'schedule: report delivered');
  return { ...nothingDone, trouble: await troubleOf(plan, date, delivered) };
}

const troubleWords: Readonly<Record<number, string>> = {
  3: 'the report is INCOMPLETE',
  4: 'a recipient was refused',
};

/** @throws Failure('delivery') for a report that is still undelivered: the day counts as failed and is tried again */
async function troubleOf(
  plan: ScheduledPlan,
  date: string,
  { exitCode, faultyTemplates = [], unsigned }: DayDelivered,
): Promise<string | null> {
  if (exitCode === 0) return null;
  const isUndelivered = exitCode === 4 || exitCode === 1;
  if (isUndelivered && (await plan.stateOf(date)) === 'undelivered') {
    throw new Failure('delivery', 'the report was not delivered to everybody; it will be delivered again', {
      retryable: true,
    });
  }
  if (unsigned !== undefined) return `the report is not signed: ${unsigned}`;
  if (faultyTemplates.length > 0)
    return `shipped templates were used instead of ${faultyTemplates.join(', ')}`;
  return troubleWords[exitCode] ?? `it ended with exit code ${exitCode}`;
}

/** `delivered, refused`, and where the report is: its link, and its path beside it. */
function deliveryFields({ deliveries, link, location }: DayDelivered): object {
  return {
    ...(link !== undefined && { link }),
    ...(location !== undefined && { location }),
    ...(deliveries.length > 0 && { deliveries: deliveries.join(', ') }),
  };
}
