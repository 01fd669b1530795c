import { addDays, dateAt } from '../base/civil-dates.js';
import { durationInWords } from '../base/english.js';
import type { Log } from '../ports/log.js';
import type { StartTicks } from './cron-ticks.js';
import { tellDaysBeyond } from './days-beyond.js';
import { reasonOf } from './error-words.js';
import { defaultPassDeadlineMs, obeyMs, runUntilDeadline } from './pass-deadline.js';
import { PlanTimers } from './plan-timers.js';
import { type PassResult, runPass } from './run-pass.js';
import { retryDelay } from './schedule-days.js';
import { localTime } from './schedule-gaps.js';
import type { PlanStatus } from './schedule-status.js';
import { FirstDay, newestThere } from './what-is-there.js';
import type { ScheduleClock, ScheduleObserver, ScheduledPlan } from './scheduled-plan.js';

export interface PlanRunnerPorts {
  readonly clock: ScheduleClock;
  readonly startTicks: StartTicks;
  readonly log: Log;
  readonly observer: ScheduleObserver | null;
  /** When aborted, no pass can be requested any more, and a running one ends after its current stage. */
  readonly signal: AbortSignal;
  /** Called whenever a pass is requested. */
  readonly onAsked: () => void;
}

/** The newest report is looked for among so many days. */
const newestInSightDays = 100;

/** Why a pass takes place. After `cron`, days that have a report are read again. */
export type PassReason = 'start' | 'cron' | 'settled' | 'retry' | 'sleep' | 'clock';

/**
 * The passes of one plan. Cron, timers and the scheduler only request a pass; it takes place when the scheduler calls
 * `run`. That one pass covers everything requested until then.
 */
export class PlanRunner {
  readonly #plan: ScheduledPlan;
  readonly #ports: PlanRunnerPorts;
  readonly #timers: PlanTimers;
  readonly #asked = new Set<PassReason>();
  /** Dates that the last pass failed to read again. */
  #leftOver: ReadonlySet<string> = new Set();
  /** Whether a pass that cron asked for was given up: the next one reads the last days again. */
  #owesReconciling = false;
  #failures = 0;
  #givenUp: string | null = null;
  /** Passes that were given up and hang still. */
  #leftBehind = 0;
  /** Dates without a report that are too long ago for a pass; null: not known. */
  #beyond: number | null = null;
  #missing: number | null = null;
  #isArchiveReached: boolean | null = null;
  #newestDate: string | null = null;
  readonly #firstDay = new FirstDay();
  /** Whether the metrics know what the archive has. */
  #hasToldNewest = false;

  constructor(plan: ScheduledPlan, ports: PlanRunnerPorts) {
    this.#plan = plan;
    this.#ports = ports;
    this.#timers = new PlanTimers(plan, ports, (reason) => this.ask(reason));
  }

  get name(): string {
    return this.#plan.name;
  }

  /** When the pass that runs is given up at the latest, milliseconds from its start. */
  get longestPassMs(): number {
    return this.#deadlineMs + obeyMs;
  }

  get #deadlineMs(): number {
    return this.#plan.passDeadlineMs ?? defaultPassDeadlineMs;
  }

  get isAsked(): boolean {
    return this.#asked.size > 0;
  }

  start(): void {
    const { name, cron, timezone } = this.#plan;
    this.#timers.startCron();
    this.#ports.log.info({ plan: name, cron, timezone, next: this.#nextCron() }, 'schedule: started');
    this.ask('start');
  }

  ask(reason: PassReason): void {
    if (this.#ports.signal.aborted) return;
    this.#asked.add(reason);
    this.#ports.onAsked();
  }

  /** After the machine slept or its clock was set, no timer is right any more. */
  restartTimers(reason: 'sleep' | 'clock'): void {
    if (this.#timers.nextCronMs <= this.#ports.clock.nowMs()) this.ask('cron');
    this.#timers.startCron();
    this.ask(reason);
  }

  /** Runs the requested pass. Never throws: a failed pass is requested again after a while. */
  async run(): Promise<void> {
    const { log, signal } = this.#ports;
    const reasons = [...this.#asked];
    this.#asked.clear();
    this.#timers.cancelWaits();
    const reconciles = reasons.includes('cron') || this.#owesReconciling;
    this.#owesReconciling = reconciles;
    const limits = { clock: this.#ports.clock, deadlineMs: this.#deadlineMs, signal };
    const visited: string[] = [];
    if (!this.#hasToldNewest) await this.#tellNewest();
    const onDay = (date: string): void => void visited.push(date);
    try {
      const end = await runUntilDeadline(async (ending) => {
        const knowledge = this.#knowledge();
        const nowMs = this.#ports.clock.nowMs();
        // Days are made oldest first, so the newest one in the archive would be seen last.
        const newest = await newestThere(this.#plan, nowMs);
        if (newest !== null) knowledge.onReport(newest);
        const notBefore = await this.#firstDay.find(this.#plan, nowMs);
        const request = { reconciles, leftOver: this.#leftOver, notBefore };
        const ports = { ...this.#ports, ...knowledge, onDay, signal: ending };
        const result = await runPass(this.#plan, request, ports);
        if (!ending.aborted && isThorough(reasons)) await this.#lookBeyond();
        if (!ending.aborted) await this.#tellNewest();
        return result;
      }, limits);
      if (signal.aborted) return;
      if (end.kind === 'given-up') this.#giveUp(end.left, visited.at(-1) ?? null);
      else this.#conclude(reasons, end.result);
    } catch (error) {
      // An unexpected error must not end the schedule.
      log.warn({ plan: this.name, reason: reasonOf(error) }, 'schedule: pass failed');
      this.#retryLater();
    }
  }

  stop(): void {
    this.#timers.stop();
  }

  status(): PlanStatus {
    const { name, timezone, catchUpDays } = this.#plan;
    return {
      name,
      timezone,
      catchUpDays,
      isArchiveReached: this.#isArchiveReached,
      newestDate: this.#newestDate,
      failures: this.#failures,
      givenUp: this.#givenUp,
      leftBehind: this.#leftBehind,
      missingDays: this.#missing === null || this.#beyond === null ? null : this.#missing + this.#beyond,
      nextMs: this.#timers.nextCronMs,
    };
  }

  /** Keeps what a pass finds out. */
  #knowledge(): { onArchive: (isReached: boolean) => void; onReport: (date: string) => void } {
    let wasReached = false;
    return {
      onArchive: (isReached) => {
        // One unreadable day does not make the archive unreachable.
        wasReached ||= isReached;
        this.#isArchiveReached = wasReached;
      },
      onReport: (date) => {
        if (this.#newestDate === null || this.#newestDate < date) this.#newestDate = date;
      },
    };
  }

  #conclude(reasons: readonly PassReason[], result: PassResult): void {
    const { clock, observer, log } = this.#ports;
    const { made, unchanged, failed, isFine, leftOver, settlesMs } = result;
    const nowMs = clock.nowMs();
    this.#leftOver = leftOver;
    this.#owesReconciling = false;
    if (result.missing !== null) this.#missing = result.missing;
    // A day that settles after the next run of cron is made by that run.
    if (settlesMs !== null && settlesMs < this.#timers.nextCronMs) {
      this.#timers.wakeFor('settled', settlesMs - nowMs);
    }
    observer?.passDone(this.name, isFine, nowMs);
    if (failed === 0) {
      this.#failures = 0;
      this.#givenUp = null;
    }
    const again = failed === 0 ? {} : { retryIn: durationInWords(this.#retryLater()) };
    const fields = { plan: this.name, after: reasons.join(', '), made, unchanged, failed, ...again };
    log.info({ ...fields, next: this.#nextCron() }, 'schedule: pass done');
  }

  /** For the metrics alone: what cannot be read is told by whoever needs it. */
  async #tellNewest(): Promise<void> {
    const { clock, observer, log } = this.#ports;
    if (observer?.newestReport === undefined) return;
    const { name, timezone } = this.#plan;
    const today = dateAt(clock.nowMs(), timezone);
    try {
      const report = await this.#plan.newestReport?.(today, addDays(today, -newestInSightDays));
      if (report) observer.newestReport(name, report);
      this.#hasToldNewest = true;
    } catch (error) {
      log.warn(
        { plan: name, reason: reasonOf(error) },
        'schedule: the newest report could not be read for the metrics',
      );
    }
  }

  async #lookBeyond(): Promise<void> {
    const { clock, log } = this.#ports;
    const dates = await tellDaysBeyond(this.#plan, clock.nowMs(), log);
    if (dates !== null) this.#beyond = dates.length;
  }

  /** @param left the pass, where it did not obey */
  #giveUp(left: Promise<unknown> | null, atWorkOn: string | null): void {
    const { clock, log, observer } = this.#ports;
    const { heartbeat } = this.#plan;
    const plan = this.name;
    const deadline = durationInWords(this.#deadlineMs);
    const at = atWorkOn === null ? '' : `, at work on ${atWorkOn}`;
    const hangs = left === null ? '' : ', and hangs still';
    this.#givenUp = `a pass did not end within ${deadline}${at}${hangs}`;
    observer?.passGivenUp?.(plan);
    observer?.passDone(plan, false, clock.nowMs());
    const fields = { plan, deadline, atWorkOn, leftBehind: left !== null };
    const retryIn = durationInWords(this.#retryLater());
    log.warn({ ...fields, retryIn }, 'schedule: pass given up');
    // Not waited for: nothing that this plan does may hold the others.
    void heartbeat?.ping('failure', `${plan}: ${this.#givenUp}`).catch(() => undefined);
    if (left !== null) void this.#awaitLeft(left);
  }

  async #awaitLeft(left: Promise<unknown>): Promise<void> {
    this.#leftBehind += 1;
    await left;
    this.#leftBehind -= 1;
    this.#ports.log.info({ plan: this.name }, 'schedule: a pass that was left behind has ended');
  }

  /** Returns the delay in milliseconds. */
  #retryLater(): number {
    this.#failures += 1;
    const delayMs = retryDelay(this.#plan.retryAfterMs, this.#failures);
    return this.#ports.signal.aborted ? delayMs : this.#timers.wakeFor('retry', delayMs);
  }

  /** `2026-11-20 06:00`, in the zone of the plan. */
  #nextCron(): string {
    return localTime(this.#timers.nextCronMs, this.#plan.timezone);
  }
}

/** A retry comes soon after another pass: what is missing since long ago was said by that. */
function isThorough(reasons: readonly PassReason[]): boolean {
  return reasons.some((reason) => reason !== 'retry' && reason !== 'settled');
}
