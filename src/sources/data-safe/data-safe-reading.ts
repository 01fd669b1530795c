import { unlessAborted } from '../../base/unless-aborted.js';
import { secondMs } from '../../base/time-units.js';
import { explainError, isUsageFailure } from '../../errors.js';
import type { SourceRequest } from '../../model/manifest.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { OciConnection } from '../../oci/connection.js';
import type { SourceOutcome, SourceReading, SourceRecord } from '../../ports/event-source.js';
import { type JsonObject, textIn } from '../../records/json.js';
import { ReadingBudget } from '../budget.js';
import { countedEvents } from './counted-events.js';
import { openDataSafe } from './data-safe-calls.js';
import { type EventQuery, arrivedLateIn, happenedIn } from './event-query.js';
import type { DataSafeOptions } from './options.js';
import { goneReasons } from './retention.js';
import { readTrails } from './read-trails.js';
import { timeBox } from './time-box.js';

/** What all readings of a source share. */
export interface DataSafeParts {
  readonly connection: OciConnection;
  readonly options: DataSafeOptions;
  readonly nowMs: () => number;
}

/**
 * One reading of a window: the state of the trails first, so that what it proves cannot be younger than the events; then
 * what happened in the window, and what arrived in it of earlier days. `outcome` works as a detached function.
 */
export class DataSafeReading implements SourceReading {
  readonly batches: AsyncIterable<readonly SourceRecord[]>;
  readonly #parts: DataSafeParts;
  readonly #window: TimeWindow;
  readonly #budget: ReadingBudget;
  readonly #reasons = new Set<string>();
  readonly #requests: SourceRequest[] = [];

  constructor(parts: DataSafeParts, window: TimeWindow) {
    this.#parts = parts;
    this.#window = window;
    this.#budget = new ReadingBudget(parts.options.budget, window, parts.nowMs);
    this.batches = this.#read();
  }

  readonly outcome = (): SourceOutcome => {
    const reasons = [...this.#reasons].sort();
    return { complete: reasons.length === 0, reasons, requests: this.#requests };
  };

  async *#read(): AsyncGenerator<readonly SourceRecord[]> {
    const trails = await this.#trails();
    if (trails.length > 0) yield trails.map((trail) => recordOf(trail, 'trail'));
    yield* this.#events(happenedIn(this.#window), 'event', (why) => why);
    yield* this.#events(arrivedLateIn(this.#window), 'late event', (why) =>
      reasonWords('dataSafeLateUnread', { why }),
    );
  }

  async *#events(
    query: EventQuery,
    name: string,
    sayWhy: (why: string) => string,
  ): AsyncGenerator<readonly SourceRecord[]> {
    try {
      const { connection, options } = this.#parts;
      const calls = await openDataSafe(connection.within(this.#budget), options);
      for await (const items of countedEvents(calls, query, this.#requests)) {
        yield items.map((item) => recordOf(item, name));
      }
    } catch (error) {
      if (isUsageFailure(error)) throw error;
      this.#reasons.add(sayWhy(explainError(error)));
    }
  }

  /** A call that hangs is left behind: no record of the day depends on it. */
  async #trails(): Promise<readonly JsonObject[]> {
    const { connection, options, nowMs } = this.#parts;
    const { trailsTimeoutMs } = options;
    const box = AbortSignal.timeout(trailsTimeoutMs);
    try {
      const gate = timeBox(this.#budget, trailsTimeoutMs, nowMs);
      const calls = await openDataSafe(connection.within(gate), options);
      const { trails, reasons, namesFault } = await unlessAborted(readTrails(calls, nowMs), box);
      if (namesFault !== null) this.#requests.push({ operation: 'listTargetDatabases', fault: namesFault });
      for (const reason of [...reasons, ...goneReasons(trails, this.#window, nowMs())]) {
        this.#reasons.add(reason);
      }
      return trails;
    } catch (error) {
      if (isUsageFailure(error)) throw error;
      const seconds = Math.max(1, Math.round(trailsTimeoutMs / secondMs));
      const why = box.aborted ? reasonWords('dataSafeTrailsSlow', { seconds }) : explainError(error);
      this.#reasons.add(reasonWords('dataSafeTrailsUnread', { why }));
      return [];
    }
  }
}

function recordOf(value: JsonObject, name: string): SourceRecord {
  return { kind: 'value', value, place: `${name} ${textIn(value['id']) ?? '?'}` };
}
