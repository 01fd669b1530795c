import { dayMs, minuteMs } from '../base/time-units.js';
import type { TimeWindow } from '../model/report-day.js';
import { type CallGate, CallsSpentError } from '../http/call-gate.js';
import { reasonWords } from '../model/reasons/reason-words.js';

/** What a source may use up for each day of the window that it reads. */
export interface BudgetLimits {
  /** Attempts of calls, those that failed included; 5000 if not set. */
  readonly calls?: number | undefined;
  /** From the first call on; 30 if not set. */
  readonly minutes?: number | undefined;
}

const defaultCalls = 5000;
export const defaultBudgetMinutes = 30;

/**
 * The budget of one reading. A service that answers without end must not keep a report from being made: once the budget
 * is spent, calls throw CallsSpentError, and the reading ends as incomplete.
 */
export class ReadingBudget implements CallGate {
  readonly #calls: number;
  readonly #minutes: number;
  readonly #days: number;
  readonly #nowMs: () => number;
  #endsAtMs: number | null = null;
  #made = 0;
  #isReleased = false;

  /** @param limits the defaults if not set */
  constructor(limits: BudgetLimits | undefined, window: TimeWindow, nowMs: () => number) {
    // A day has 23, 24 or 25 hours.
    this.#days = Math.max(1, Math.round((window.toMs - window.fromMs) / dayMs));
    this.#calls = (limits?.calls ?? defaultCalls) * this.#days;
    this.#minutes = (limits?.minutes ?? defaultBudgetMinutes) * this.#days;
    this.#nowMs = nowMs;
  }

  enter(): void {
    if (this.#isReleased) return;
    if (this.#made >= this.#calls) throw this.#spent('calls', this.#calls);
    if (this.leftMs() <= 0) throw this.#spent('minutes', this.#minutes);
    this.#made += 1;
  }

  leftMs(): number {
    if (this.#isReleased) return Number.POSITIVE_INFINITY;
    this.#endsAtMs ??= this.#nowMs() + this.#minutes * minuteMs;
    return this.#endsAtMs - this.#nowMs();
  }

  /** The reading is over: what follows it, such as a commit, is not limited. */
  release(): void {
    this.#isReleased = true;
  }

  #spent(name: keyof BudgetLimits, limit: number): CallsSpentError {
    const days = this.#days;
    return new CallsSpentError(
      days === 1
        ? reasonWords(`${name}SpentOfDay`, { limit })
        : reasonWords(`${name}SpentOfDays`, { limit, days }),
    );
  }
}
