import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReportDay } from '../model/report-day.js';
import type { ReadAhead } from '../day/make-daily-report.js';
import type { EventSource, Log } from '../ports.js';
import { readSources } from '../day/evidence/read-events.js';
import { asStorageFailure } from '../day/artefacts/render-artefacts.js';

interface Started {
  readonly directory: Promise<string>;
  readonly done: Promise<ReadAhead>;
}

export interface DayReaderOptions {
  /** How many days are read beside the one at hand. */
  readonly ahead: number;
  readonly log: Log;
  readonly signal?: AbortSignal;
}

/**
 * Reads the events of days ahead of their turn, several at once. A day is read from its start to its cut-off, which is
 * what it needs when the day before has its report.
 */
export class DayReader {
  readonly #sources: readonly EventSource[];
  readonly #days: readonly ReportDay[];
  readonly #options: DayReaderOptions;
  readonly #started = new Map<string, Started>();
  /** The latest day that was looked for and has events. */
  #eventful = '';

  /** @param days in order of their turns */
  constructor(sources: readonly EventSource[], days: readonly ReportDay[], options: DayReaderOptions) {
    this.#sources = sources;
    this.#days = days;
    this.#options = options;
  }

  /** The day's events; those after it are being read from now on. */
  take(day: ReportDay): Promise<ReadAhead> {
    const turn = this.#days.findIndex(({ date }) => date === day.date);
    const started = this.#start(day);
    for (const next of this.#days.slice(turn + 1, turn + 1 + this.#options.ahead)) this.#start(next);
    return started.done;
  }

  /** Whether a later day has any event. Reads on until one has. */
  async hasEventsAfter(day: ReportDay): Promise<boolean> {
    if (this.#eventful > day.date) return true;
    const turn = this.#days.findIndex(({ date }) => date === day.date);
    for (const next of this.#days.slice(turn + 1)) {
      const { reading } = await this.take(next);
      if (reading.used > 0) {
        this.#eventful = next.date;
        return true;
      }
      // Nothing of it is worth its place on the disk; in its turn it is read again.
      await this.release(next);
    }
    return false;
  }

  /** Forgets a day whose turn is over. */
  async release({ date }: ReportDay): Promise<void> {
    const started = this.#started.get(date);
    if (started === undefined) return;
    this.#started.delete(date);
    await forget(started);
  }

  /** Forgets all, also those that are still being read. */
  async close(): Promise<void> {
    const all = [...this.#started.values()];
    this.#started.clear();
    for (const each of all) await forget(each);
  }

  #start(day: ReportDay): Started {
    const known = this.#started.get(day.date);
    if (known !== undefined) return known;
    const directory = makeDirectory();
    const done = directory.then((path) => this.#read(day, join(path, 'events.ndjson.gz')));
    // Thrown where the day is taken; until then a rejection must not count as unhandled.
    done.catch(() => undefined);
    const started = { directory, done };
    this.#started.set(day.date, started);
    return started;
  }

  async #read({ startMs, cutOffMs }: ReportDay, evidencePath: string): Promise<ReadAhead> {
    const { log, signal } = this.#options;
    const window = { fromMs: startMs, toMs: cutOffMs };
    return { evidencePath, reading: await readSources(this.#sources, window, evidencePath, log, signal) };
  }
}

async function forget({ directory, done }: Started): Promise<void> {
  const read = await done.catch(() => null);
  read?.reading.discard();
  const path = await directory.catch(() => null);
  if (path !== null) await rm(path, { recursive: true, force: true });
}

async function makeDirectory(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'backup-report-'));
  } catch (error) {
    throw asStorageFailure(error, tmpdir());
  }
}
