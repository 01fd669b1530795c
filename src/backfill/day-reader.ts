import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWorkspace } from '../day/artefacts/workspace.js';
import { type ReadingRequest, readSources } from '../day/evidence/read-sources.js';
import type { ReadAhead } from '../day/report-plan.js';
import { artefactNames } from '../model/artefact-names.js';
import { type ReportDay, windowOfDay } from '../model/report-day.js';
import type { EventSource } from '../ports/event-source.js';
import type { Log } from '../ports/log.js';
import type { ReportKind } from '../reports/report-kind.js';

export interface DayReaderOptions {
  readonly kind: Pick<ReportKind, 'openReading'>;
  /** How many days to read ahead of the one that is taken. */
  readonly ahead: number;
  /** How far a day is looked ahead of its cut-off. */
  readonly settleDelayMs: number;
  readonly language: ReadingRequest['language'];
  readonly log: Log;
  readonly signal?: AbortSignal;
}

/** A day that is being read, or was read, into its own folder. */
interface StartedReading {
  readonly folder: Promise<string>;
  readonly done: Promise<ReadAhead>;
}

/**
 * Reads the events of days before they are needed, several days at once. A day is read from its start to its cut-off,
 * with its look-ahead: that is what it needs once the day before has its report.
 */
export class DayReader {
  readonly #sources: readonly EventSource[];
  readonly #days: readonly ReportDay[];
  readonly #options: DayReaderOptions;
  readonly #started = new Map<string, StartedReading>();
  /** The latest date known to have events. */
  #eventful = '';

  /** @param days in the order in which they are taken */
  constructor(sources: readonly EventSource[], days: readonly ReportDay[], options: DayReaderOptions) {
    this.#sources = sources;
    this.#days = days;
    this.#options = options;
  }

  /** The day's events. Starts reading the next days. */
  take(day: ReportDay): Promise<ReadAhead> {
    const started = this.#start(day);
    for (const next of this.#daysAfter(day).slice(0, this.#options.ahead)) this.#start(next);
    return started.done;
  }

  /** Whether a later day has any event. Reads until it finds one. */
  async hasEventsAfter(day: ReportDay): Promise<boolean> {
    if (this.#eventful > day.date) return true;
    for (const next of this.#daysAfter(day)) {
      const { reading } = await this.take(next);
      if (reading.used > 0) {
        this.#eventful = next.date;
        return true;
      }
      // An empty day is not worth its disk space; it is read again when it is taken.
      await this.release(next);
    }
    return false;
  }

  /** Forgets a day that is done. */
  async release({ date }: ReportDay): Promise<void> {
    const started = this.#started.get(date);
    if (started === undefined) return;
    this.#started.delete(date);
    await forget(started);
  }

  /** Forgets all days, also those that are still being read. */
  async close(): Promise<void> {
    const all = [...this.#started.values()];
    this.#started.clear();
    for (const each of all) await forget(each);
  }

  #daysAfter(day: ReportDay): readonly ReportDay[] {
    return this.#days.slice(this.#days.findIndex(({ date }) => date === day.date) + 1);
  }

  #start(day: ReportDay): StartedReading {
    const known = this.#started.get(day.date);
    if (known !== undefined) return known;
    const folder = makeWorkspace();
    const done = folder.then((path) => this.#read(day, join(path, artefactNames.evidence)));
    // take() throws it; until then a rejection must not count as unhandled.
    done.catch(() => undefined);
    const started = { folder, done };
    this.#started.set(day.date, started);
    return started;
  }

  async #read(day: ReportDay, evidencePath: string): Promise<ReadAhead> {
    const { kind, settleDelayMs, language, log, signal } = this.#options;
    const window = windowOfDay(day, day.startMs, settleDelayMs);
    const request = { kind, sources: this.#sources, window, days: [day], evidencePath, language };
    return { evidencePath, reading: await readSources(request, { log, signal }) };
  }
}

async function forget({ folder, done }: StartedReading): Promise<void> {
  const read = await done.catch(() => null);
  read?.reading.discard();
  const path = await folder.catch(() => null);
  if (path !== null) await rm(path, { recursive: true, force: true });
}
