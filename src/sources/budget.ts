import { dayMs, minuteMs } from '../base/time-units.js';
import type { TimeWindow } from '../model/report-day.js';
import { type CallGate, CallsSpentError } from '../oci/call-context.js';
import type { Clock } from '../ports.js';

/** What a source may use up for each day of the window that it reads. */
export interface BudgetLimits {
  /** Attempts of calls, those that failed included. */
  readonly calls: number;
  readonly minutes: number;
}

export const defaultBudget: BudgetLimits = { calls: 5000, minutes: 30 };

/**
 * The budget of one reading, from the moment it is made. A service that answers without end must not keep a report
 * from being made: once the budget is spent, calls throw CallsSpentError, and the reading ends as incomplete.
 */
export class ReadingBudget implements CallGate {
  readonly #calls: number;
  readonly #minutes: number;
  readonly #days: number;
  readonly #endsAtMs: number;
  readonly #clock: Pick<Clock, 'nowMs'>;
  #made = 0;

  constructor(limits: BudgetLimits, window: TimeWindow, clock: Pick<Clock, 'nowMs'>) {
    // A day has 23, 24 or 25 hours.
    this.#days = Math.max(1, Math.round((window.toMs - window.fromMs) / dayMs));
    this.#calls = limits.calls * this.#days;
    this.#minutes = limits.minutes * this.#days;
    this.#clock = clock;
    this.#endsAtMs = clock.nowMs() + this.#minutes * minuteMs;
  }

  enter(): void {
    if (this.#made >= this.#calls) throw this.#spent('calls', `${this.#calls} calls`);
    if (this.leftMs() <= 0) throw this.#spent('minutes', `${this.#minutes} minutes`);
    this.#made += 1;
  }

  leftMs(): number {
    return this.#endsAtMs - this.#clock.nowMs();
  }

  #spent(name: keyof BudgetLimits, words: string): CallsSpentError {
    const days = this.#days === 1 ? 'a day' : `${this.#days} days`;
    return new CallsSpentError(
      `the reading was ended by its budget: ${words} for ${days} were used up, so the rest was not read. ` +
        `Look for why the service needs so many, or raise budget.${name} of the source`,
    );
  }
}
