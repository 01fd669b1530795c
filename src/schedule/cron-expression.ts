import { createTask, parse, validate } from 'node-cron';
import { dayMs, hourMs, minuteMs } from '../base/time-units.js';
import { Failure } from '../errors.js';
import { type ClockGap, clockGaps, wallDate, wallTime } from './schedule-gaps.js';

/** Time-zone rules are hardly known further ahead. */
const yearsAhead = 5;
const yearMs = 366 * dayMs;

/** A run that would not take place, because clocks skip its minute. */
export interface LostRun {
  readonly gap: ClockGap;
  /** Wall time, epoch milliseconds as if the zone were UTC. */
  readonly wallMs: number;
  /** The expression with the next hour that is never skipped; null where there is none. */
  readonly proposal: string | null;
}

/**
 * Rejects an expression that would not run as written.
 *
 * @param where the expression was found, for a person: `daily.yaml: schedule.cron`
 * @throws Failure('usage') for anything but five valid fields, and for a run that would be lost to a clock change
 */
export function checkCron(expression: string, timezone: string, nowMs: number, where: string): void {
  const fault = cronFault(expression);
  if (fault !== null) {
    throw new Failure('usage', `${where}: ${fault}`, {
      hints: [
        "Write minute, hour, day of the month, month, day of the week: '0 6 * * *' is every day at 06:00.",
      ],
    });
  }
  const lost = findLostRun(expression, timezone, nowMs);
  if (lost === null) return;
  throw new Failure('usage', `${where}: ${lostRunInWords(expression, timezone, lost)}`, {
    hints: [adviceFor(lost)],
  });
}

/** What is wrong with an expression; null: nothing. */
export function cronFault(expression: string): string | null {
  const shown = `'${expression.slice(0, 80)}'`;
  if (expression.trim().split(/\s+/).length !== 5) return `${shown} does not have five fields`;
  return validate(expression) ? null : `${shown} is not a cron expression`;
}

/** `'30 2 * * *' would not run on 2027-03-14: clocks in America/New_York go from 02:00 to 03:00` */
export function lostRunInWords(expression: string, timezone: string, { gap, wallMs }: LostRun): string {
  const change = `clocks in ${timezone} go from ${wallTime(gap.fromWallMs)} to ${wallTime(gap.toWallMs)}`;
  return `'${expression}' would not run at ${wallTime(wallMs)} on ${wallDate(wallMs)}: ${change}`;
}

export function adviceFor({ proposal }: LostRun): string {
  return proposal === null
    ? 'Choose an hour in which clocks never change.'
    : `Write '${proposal}': the next free hour.`;
}

/** The first run within the next years whose wall time the zone skips; null where there is none. */
export function findLostRun(expression: string, timezone: string, nowMs: number): LostRun | null {
  const gaps = clockGaps(timezone, nowMs, nowMs + yearsAhead * yearMs);
  const first = firstLost(expression, gaps);
  return first === null ? null : { ...first, proposal: propose(expression, gaps) };
}

function firstLost(expression: string, gaps: readonly ClockGap[]): Omit<LostRun, 'proposal'> | null {
  const runs = wallMatcher(expression);
  for (const gap of gaps) {
    const wallMs = firstRun(runs, gap.fromWallMs, gap.toWallMs);
    if (wallMs === null) continue;
    // It runs again within the hour, so nothing is lost.
    if (firstRun(runs, gap.toWallMs, gap.toWallMs + hourMs) === null) return { gap, wallMs };
  }
  return null;
}

function firstRun(runs: (wallMs: number) => boolean, fromWallMs: number, toWallMs: number): number | null {
  for (let wallMs = fromWallMs; wallMs < toWallMs; wallMs += minuteMs) if (runs(wallMs)) return wallMs;
  return null;
}

/** Whether the expression matches a minute of wall time: node-cron decides, in a zone without gaps. */
function wallMatcher(expression: string): (wallMs: number) => boolean {
  const task = createTask(expression, () => undefined, { timezone: 'UTC' });
  void task.destroy();
  return (wallMs) => task.match(new Date(wallMs));
}

/** The expression with the lost hours moved forward, or back where forward would be another day. */
function propose(expression: string, gaps: readonly ClockGap[]): string | null {
  const fields = expression.trim().split(/\s+/);
  const [minute = '', , ...days] = fields;
  const hours = parse(expression).hour;
  const lost = lostHours(expression, gaps);
  const isEveryDay = days.every((field) => field === '*');
  const shifts = Array.from({ length: 23 }, (_, index) => index + 1);
  for (const shift of [...shifts, ...shifts.map((hoursOn) => -hoursOn)]) {
    const moved = hours.map((hour) => (lost.has(hour) ? hour + shift : hour));
    if (!isEveryDay && moved.some((hour) => hour < 0 || hour > 23)) continue;
    const list = [...new Set(moved.map((hour) => (hour + 24) % 24))].sort((a, b) => a - b);
    const proposal = [minute, list.join(','), ...days].join(' ');
    if (firstLost(proposal, gaps) === null) return proposal;
  }
  return null;
}

function lostHours(expression: string, gaps: readonly ClockGap[]): ReadonlySet<number> {
  const runs = wallMatcher(expression);
  const hours = new Set<number>();
  for (const { fromWallMs, toWallMs } of gaps) {
    for (let wallMs = fromWallMs; wallMs < toWallMs; wallMs += minuteMs) {
      if (runs(wallMs)) hours.add(new Date(wallMs).getUTCHours());
    }
  }
  return hours;
}

/** The times of the next runs by the system clock, epoch milliseconds. */
export function nextRuns(expression: string, timezone: string, number: number): readonly number[] {
  const task = createTask(expression, () => undefined, { timezone });
  void task.destroy();
  return task.getNextRuns(number).map((date) => date.getTime());
}
