import type { Log } from '../../src/ports/log.js';
import { createCronTicks } from '../../src/schedule/cron-ticks.js';
import type { ScheduleObserver, ScheduledPlan } from '../../src/schedule/scheduled-plan.js';
import { Scheduler } from '../../src/schedule/scheduler.js';
import { FakeTime, settle } from './fake-time.js';

/** The scheduler over fake time, with node-cron as it is. */
export class FakeSchedule {
  readonly time: FakeTime;
  /** `warn schedule: day failed` */
  readonly logged: string[] = [];
  readonly log: Log = {
    info: (_fields, message) => void this.logged.push(message),
    warn: (_fields, message) => void this.logged.push(`warn ${message}`),
  };
  scheduler: Scheduler | null = null;

  readonly #watchMs: number;

  /** @param start ISO 8601 */
  constructor(start: string, stepMinutes = 5) {
    this.#watchMs = (stepMinutes * 60_000) / 10;
    this.time = new FakeTime(start, stepMinutes);
  }

  /** A new process. */
  async start(plans: readonly ScheduledPlan[], observer: ScheduleObserver | null = null): Promise<void> {
    const startTicks = createCronTicks(this.log);
    const { clock } = this.time;
    const watchMs = this.#watchMs;
    this.scheduler = new Scheduler(plans, { clock, startTicks, log: this.log, observer, watchMs });
    this.scheduler.start();
    await settle(this.isIdle);
  }

  readonly isIdle = (): boolean => this.scheduler === null || this.scheduler.status().isIdle;

  async hours(number: number): Promise<void> {
    await this.time.advance(number * 3_600_000, this.isIdle);
  }

  async minutes(number: number): Promise<void> {
    await this.time.advance(number * 60_000, this.isIdle);
  }

  async days(number: number): Promise<void> {
    await this.hours(24 * number);
  }

  /** The process is killed, and the machine stays off for so long. */
  async off(hours: number): Promise<void> {
    // It ends in the midst of whatever it did: nothing of it is waited for.
    void this.scheduler?.stop();
    this.scheduler = null;
    this.time.off(hours * 3_600_000);
    await settle(this.isIdle);
  }

  async end(): Promise<void> {
    await this.scheduler?.stop();
    this.time.end();
  }
}
