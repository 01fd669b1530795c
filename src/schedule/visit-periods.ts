import type { Log } from '../ports/log.js';
import { errorFields, reasonOf } from './error-words.js';
import type { ScheduleClock, ScheduledPeriods, ScheduledPlan } from './scheduled-plan.js';

/** What became of the periods in one pass. */
export interface VisitedPeriods {
  readonly failures: readonly string[];
  /** What a person should know, although nothing failed. */
  readonly troubles: readonly string[];
}

interface PeriodPassPorts {
  readonly clock: ScheduleClock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called before the first that has work to do. */
  readonly onWork: () => Promise<void>;
}

/** Makes the periods that are due, after the days of the pass: each at most once. One that fails does not stop the others. */
export async function visitPeriods(
  plan: ScheduledPlan,
  reconciles: boolean,
  ports: PeriodPassPorts,
): Promise<VisitedPeriods> {
  const { periods, name } = plan;
  const { clock, log, signal } = ports;
  const failures: string[] = [];
  const troubles: string[] = [];
  if (periods === undefined || signal.aborted) return { failures, troubles };
  const attempt = async <T>(what: string, work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) return null;
      const reason = reasonOf(error);
      failures.push(`${what}: ${reason}`);
      log.warn({ plan: name, period: what, reason, ...errorFields(error) }, 'schedule: period failed');
      return null;
    }
  };
  const due = await attempt('periods', () => periods.due(clock.nowMs(), reconciles));
  for (const label of due ?? []) {
    if (signal.aborted) break;
    await ports.onWork();
    await attempt(label, async () => {
      const trouble = await make(periods, label, { plan: name, log, signal });
      if (trouble !== null) troubles.push(`${label}: ${trouble}`);
    });
  }
  return { failures, troubles };
}

/** @throws Error where its mail was refused or failed: it is tried again */
async function make(
  periods: ScheduledPeriods,
  label: string,
  { plan, log, signal }: Pick<PeriodPassPorts, 'log' | 'signal'> & { readonly plan: string },
): Promise<string | null> {
  const {
    kind,
    revision,
    exitCode,
    deliveries,
    location,
    faultyTemplates = [],
    unsigned,
  } = await periods.make(label, signal);
  const fields = { plan, period: label, kind, revision, deliveries: deliveries.join(', ') };
  log.info({ ...fields, ...(location !== undefined && { location }) }, 'schedule: period done');
  if (faultyTemplates.length > 0)
    return `shipped templates were used instead of ${faultyTemplates.join(', ')}`;
  if (unsigned !== undefined) return unsigned;
  if (exitCode === 4) return 'a recipient was refused, or the mail failed';
  return exitCode === 3 && kind === 'committed' ? 'the report is INCOMPLETE' : null;
}
