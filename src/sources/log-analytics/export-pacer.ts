import { minuteMs, secondMs } from '../../base/time-units.js';
import type { Clock } from '../../ports/clock.js';

/** Documented for exportQueryResult: one a second, seven a minute. */
const perMinute = 7;

/** Lets exports begin no faster than the service takes them. */
export class ExportPacer {
  readonly #clock: Clock;
  /** When the last exports began or may begin, the newest last. */
  readonly #begun: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when the next export may begin. */
  async turn(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const last = this.#begun.at(-1) ?? Number.NEGATIVE_INFINITY;
    const seventh = this.#begun.at(-perMinute) ?? Number.NEGATIVE_INFINITY;
    const turnMs = Math.max(nowMs, last + secondMs, seventh + minuteMs);
    this.#begun.push(turnMs);
    if (this.#begun.length > perMinute) this.#begun.shift();
    if (turnMs > nowMs) await this.#clock.sleep(turnMs - nowMs);
  }
}
