import { addDays, dateAt, reportDayOf } from '../base/civil-dates.js';
import { dateRanges } from '../base/date-ranges.js';
import { durationInWords } from '../base/english.js';
import { toIso } from '../base/instants.js';
import { type LoadedPlan, loadPlan } from '../wiring/load-plan.js';
import type { Configuration } from '../config/schema.js';
import { dayState } from '../day/delivery/day-state.js';
import type { Deliveries } from '../day/delivery/deliver-report.js';
import type { ReportPlace } from '../day/delivery/report-place.js';
import { DamagedReport } from '../day/delivery/read-checked.js';
import { redeliver, undelivered } from '../day/delivery/redeliver.js';
import { makeDailyReport } from '../day/make-daily-report.js';
import { createMissingDates, planBegins } from '../day/revisions/missing-dates.js';
import { reportsUpTo } from '../day/revisions/reports-up-to.js';
import { readFormerPlan } from '../day/revisions/renamed-plan.js';
import { lateDays, signLate } from '../day/signatures/sign-late.js';
import { stampLate } from '../day/signatures/stamp-late.js';
import { Failure } from '../errors.js';
import type { ReportDay } from '../model/report-day.js';
import type { Log } from '../ports/log.js';
import { checkCron } from '../schedule/cron-expression.js';
import { type DaysWanted, staysInSight } from '../schedule/schedule-days.js';
import type { DayDelivered, DayDone, ScheduledPeriods, ScheduledPlan } from '../schedule/scheduled-plan.js';
import { requireSoundTemplates } from '../wiring/check-templates.js';
import { fixedTime, generationTime } from '../wiring/generation-time.js';
import { systemClock } from '../wiring/system-clock.js';
import { wireHeartbeat } from '../wiring/wire-channels.js';
import { type WiredPlan, wirePlan } from '../wiring/wire-plan.js';
import { backfillCommand } from './backfill-command.js';
import { dayFor } from '../model/named-day.js';
import { exitCodeOf, exitCodeOfDeliveries, kindsOf } from './exit-codes.js';
import { readNewestReport } from './newest-report.js';
import { type ScheduledParts, renewedParts } from './renewed-parts.js';

export interface OpenedPlan {
  readonly plan: ScheduledPlan;
  readonly gracePeriodMs: number;
}

/**
 * Loads a plan for the schedule.
 *
 * @param wire turns the configuration into adapters
 * @throws Failure('usage') for a configuration that would leave out days, and for templates with a fault
 */
export async function openScheduledPlan(config: string, log: Log, wire = wirePlan): Promise<OpenedPlan> {
  const loaded = await loadPlan(config);
  const { cron, retryAfter, gracePeriod, passDeadline } = loaded.configuration.schedule;
  const days = daysWantedBy(loaded.configuration);
  checkCron(cron, days.timezone, Date.now(), `${config}: schedule.cron`);
  mustStayInSight(days, config);
  checkGenerationTime(days.timezone, log);
  const first = await partsOf(loaded, log, wire);
  // A fault shows when the schedule is started, not on a bad day.
  await requireSoundTemplates(loaded.configuration, loaded.directory, loaded.kinds);
  const { plan, ports } = first.wired;
  const { current, renew } = renewedParts(first, (again) => partsOf(again, log, wire), log);
  return {
    gracePeriodMs: gracePeriod,
    plan: {
      ...days,
      name: plan.name,
      cron,
      retryAfterMs: retryAfter,
      passDeadlineMs: passDeadline,
      get heartbeat() {
        return current().heartbeat;
      },
      ...(renew !== null && { renew }),
      reportsUpTo: (to, from) => reportsUpTo(ports.archive, plan.name, { from, to }),
      beginsAt: (to) => planBegins(ports.archive, plan.name, to),
      missingUpTo: createMissingDates(ports.archive, { plan: plan.name, timezone: days.timezone }),
      newestReport: (to, from) => readNewestReport(current().wired, { from, to }, loaded.kinds),
      backfillCommand: (from, to) => backfillCommand(config, from, to),
      stateOf: (date) => stateNow(current().wired, date),
      makeDay: (day, signal) => makeScheduledDay(current().wired, day, signal),
      deliver: (date, signal) => deliverAgain(current().wired, date, signal),
      ...(ports.signer !== undefined && { signLate: () => signScheduled(current().wired) }),
      ...(first.periods !== null && { periods: periodsNow(() => current().periods) }),
      ...(ports.timestampAuthority !== undefined && { stampLate: () => stampScheduled(current().wired) }),
    },
  };
}

async function partsOf(loaded: LoadedPlan, log: Log, wire: typeof wirePlan): Promise<ScheduledParts> {
  const wired = await wire(loaded, log);
  return {
    loaded,
    wired,
    heartbeat: wireHeartbeat(loaded.configuration, log),
    periods: await scheduledPeriods(loaded, wired),
  };
}

/** Loaded only where a plan asks for periods. null: it asks for none. */
async function scheduledPeriods(loaded: LoadedPlan, wired: WiredPlan): Promise<ScheduledPeriods | null> {
  if (loaded.configuration.periods.length === 0) return null;
  const { openScheduledPeriods } = await import('./open-scheduled-periods.js');
  return openScheduledPeriods(loaded, wired);
}

function periodsNow(current: () => ScheduledPeriods | null): ScheduledPeriods {
  const mustBe = (): ScheduledPeriods => {
    const periods = current();
    if (periods === null) throw new TypeError('the plan makes no periods');
    return periods;
  };
  return {
    due: async (nowMs, reconciles) => mustBe().due(nowMs, reconciles),
    make: async (label, signal) => mustBe().make(label, signal),
  };
}

async function stateNow({ plan, ports }: WiredPlan, date: string): ReturnType<ScheduledPlan['stateOf']> {
  const former = await readFormerPlan(ports.archive, plan);
  if (former !== null && date <= former.lastDay) return 'of-former-name';
  return dayState(ports.archive, { ...plan, channels: ports.channels }, date);
}

function daysWantedBy({ schedule, settleDelay, timezone, maxBridgeDays }: Configuration): DaysWanted {
  const { catchUpDays, reconcileDays } = schedule;
  return { timezone, settleDelayMs: settleDelay, catchUpDays, maxBridgeDays, reconcileDays };
}

function mustStayInSight(days: DaysWanted, config: string): void {
  if (staysInSight(days)) return;
  const { settleDelayMs, catchUpDays } = days;
  throw new Failure(
    'usage',
    `${config}: no day would ever be made: settleDelay (${durationInWords(settleDelayMs)}) is as long as catchUpDays (${catchUpDays})`,
    { hints: ['Set schedule.catchUpDays higher, or settleDelay lower.'] },
  );
}

/**
 * A fixed generation time must be one of the newest day that is over. Later days then fail one by one, in words: they
 * are over after it.
 */
function checkGenerationTime(timezone: string, log: Log): void {
  const nowMs = systemClock.nowMs();
  const yesterday = reportDayOf(addDays(dateAt(nowMs, timezone), -1), timezone) ?? null;
  const fixedMs = fixedTime(process.env, nowMs, yesterday);
  if (fixedMs === null) return;
  const fields = { generatedAt: toIso(fixedMs), advice: 'unset SOURCE_DATE_EPOCH for a schedule' };
  log.warn(fields, 'schedule: days that end after SOURCE_DATE_EPOCH cannot be made');
}

async function makeScheduledDay(
  { plan, ports }: WiredPlan,
  day: ReportDay,
  signal: AbortSignal,
): Promise<DayDone> {
  const generatedAtMs = generationTime(process.env, ports.clock.nowMs(), day);
  const result = await makeDailyReport(plan, { day, generatedAtMs, signal }, ports);
  return {
    kind: result.kind === 'committed' ? 'committed' : 'unchanged',
    isComplete: result.report.status === 'COMPLETE',
    revision: result.revision,
    exitCode: exitCodeOf(result),
    ...(result.signature?.kind === 'unsigned' && { unsigned: result.signature.reason }),
    deliveries: kindsOf(result),
    ...placeOf(result),
    ...faultyTemplatesOf(result),
  };
}

/** In words what is still not signed. */
async function signScheduled({
  plan,
  ports,
  timezone,
}: WiredPlan): Promise<{ readonly signed: number; readonly unsigned: string | null }> {
  const nowMs = ports.clock.nowMs();
  const days = lateDays(nowMs, timezone, dateAt(nowMs, timezone));
  const { signed, unsigned, failure } = await signLate(plan, { ...days, which: 'asked' }, ports);
  return { signed: signed.length, unsigned: troubleOf('not signed', unsigned, failure) };
}

/** In words what still has no time stamp. */
async function stampScheduled({
  plan,
  ports,
  timezone,
}: WiredPlan): Promise<{ readonly stamped: number; readonly unstamped: string | null }> {
  const nowMs = ports.clock.nowMs();
  const days = lateDays(nowMs, timezone, dateAt(nowMs, timezone));
  const { stamped, unstamped, failure } = await stampLate(plan.name, days, ports);
  return { stamped: stamped.length, unstamped: troubleOf('no time stamp', unstamped, failure) };
}

/** null: there is none. */
function troubleOf(
  what: string,
  late: readonly { readonly date: string; readonly reason: string }[],
  failure: string | null,
): string | null {
  const [first] = late;
  const words =
    first === undefined ? [] : [`${what}: ${namesOf(late.map(({ date }) => date))}: ${first.reason}`];
  const all = failure === null ? words : [...words, failure];
  return all.length === 0 ? null : all.join('; ');
}

function isDate(name: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(name);
}

/** Dates as ranges; names of periods as they are. */
function namesOf(names: readonly string[]): string {
  const dates = names.filter(isDate);
  const ranges = dates.length === 0 ? [] : [dateRanges(dates)];
  return [...ranges, ...new Set(names.filter((name) => !isDate(name)))].join(', ');
}

/** A report that cannot be sent because its files are damaged is made again, and that one is sent. */
async function deliverAgain(wired: WiredPlan, date: string, signal: AbortSignal): Promise<DayDelivered> {
  const { plan, ports, timezone } = wired;
  try {
    const delivered = await redeliver(plan, date, ports);
    return { ...deliveredAs(delivered), ...placeOf(delivered) };
  } catch (error) {
    if (error instanceof DamagedReport) {
      const fields = { plan: plan.name, date, reason: error.message };
      ports.log.warn(fields, 'schedule: a damaged report is made again');
      return makeScheduledDay(wired, dayFor(date, timezone), signal);
    }
    const delivered = undelivered(plan, date, ports, error);
    return deliveredAs(delivered);
  }
}

function deliveredAs(delivered: Deliveries): DayDelivered {
  return {
    deliveries: kindsOf(delivered),
    exitCode: exitCodeOfDeliveries(delivered),
    ...faultyTemplatesOf(delivered),
  };
}

function placeOf({ location, link }: ReportPlace): ReportPlace {
  return { location, ...(link !== undefined && { link }) };
}

function faultyTemplatesOf({ templateFaults = [] }: Deliveries): Pick<DayDelivered, 'faultyTemplates'> {
  const files = [...new Set(templateFaults.map(({ file }) => file))].sort();
  return files.length === 0 ? {} : { faultyTemplates: files };
}
