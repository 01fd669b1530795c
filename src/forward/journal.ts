import type { z } from 'zod';
import { toIso } from '../base/instants.js';
import { Failure } from '../errors.js';
import { jsonBytes } from '../day/artefacts/write-json.js';
import type { Archive } from '../ports/archive.js';
import { listJournal, timesUntaken } from './list-journal.js';
import {
  type Acknowledgement,
  type BatchFile,
  type BatchClaim,
  type JournalName,
  type JournalReading,
  type ReadBack,
  type SentAgain,
  type Untaken,
  acknowledgementSchema,
  beginKey,
  beginSchema,
  batchKey,
  batchTimeKey,
  claimSchema,
  journalPrefix,
  readingKey,
  readingSchema,
} from './journal-files.js';

/** A batch that was acknowledged, and that may be in the log twice. */
export interface DoubtfulBatch {
  readonly claim: BatchClaim;
  readonly acknowledgement: Acknowledgement;
}

/** A batch that a run claimed and did not end. */
export interface OpenBatch {
  readonly claim: BatchClaim;
  /** How often it was sent, where the log certainly took nothing each time; null: the log may have some of it. */
  readonly untaken: number | null;
}

/** What the archive says was forwarded to a log. */
export interface Journal {
  /** Where the first reading began, epoch milliseconds; null: there was none. */
  readonly beganMs: number | null;
  /** Up to when everything that was collected is forwarded, epoch milliseconds; null: nothing is. */
  readonly forwardedToMs: number | null;
  /** Batches that a run claimed and did not end, the oldest first. */
  readonly open: readonly OpenBatch[];
  /** Batches that may be in the log twice, and that no search has settled, the oldest first. */
  readonly doubtful: readonly DoubtfulBatch[];
  /** Ids that need not be sent: of what was collected since `sinceMs`. */
  readonly settled: ReadonlySet<string>;
  readonly lastBatch: number;
  readonly lastReading: number;
}

/**
 * Reads the journal of a log, as far back as it matters to what was collected since `overlapMs` before its end.
 *
 * @param overlapMs Infinity: all of it
 * @throws Failure('storage') for a file that is missing or cannot be read: what is in the log is not known then
 */
export async function readJournal(archive: Archive, name: JournalName, overlapMs: number): Promise<Journal> {
  const prefix = journalPrefix(name);
  const listed = await listJournal(archive, prefix);
  const read = <T>(key: string, schema: z.ZodType<T>): Promise<T> => readFile(archive, key, schema);

  const began =
    (await archive.read(beginKey(prefix))) === null ? null : await read(beginKey(prefix), beginSchema);
  const readings: JournalReading[] = [];
  for (const number of listed.readings) readings.push(await read(readingKey(prefix, number), readingSchema));
  const complete = readings.filter((reading) => reading.complete);
  const forwardedToMs =
    complete.length === 0 ? null : Math.max(...complete.map(({ collected }) => Date.parse(collected.to)));
  const sinceMs = (forwardedToMs ?? Number.NEGATIVE_INFINITY) - overlapMs;
  // Whatever lies in the batches up to here was collected before.
  const passed = complete.filter(({ collected }) => Date.parse(collected.to) <= sinceMs);
  const afterBatch = Math.max(0, ...passed.map((reading) => reading.afterBatch));

  const settled = new Set<string>();
  const open: OpenBatch[] = [];
  const doubtful: DoubtfulBatch[] = [];
  for (const [number, batch] of listed.batches) {
    const { files } = batch;
    const isAcknowledged = files.has('json');
    const isDoubtful = isAcknowledged && files.has('doubt.json') && !files.has('read-back.json');
    if (number <= afterBatch && isAcknowledged && !isDoubtful) continue;
    const claim = await read(batchKey(prefix, number, 'claim.json'), claimSchema);
    if (!isAcknowledged) open.push({ claim, untaken: timesUntaken(batch) });
    else for (const id of claim.ids) settled.add(id);
    if (!isDoubtful) continue;
    const acknowledgement = await read(batchKey(prefix, number, 'json'), acknowledgementSchema);
    doubtful.push({ claim, acknowledgement });
  }
  const lastBatch = Math.max(0, ...listed.batches.keys());
  const beganMs = began === null ? null : Date.parse(began.from);
  return {
    beganMs,
    forwardedToMs,
    open,
    doubtful,
    settled,
    lastBatch,
    lastReading: Math.max(0, ...listed.readings),
  };
}

/** Writes the journal of a log. Each method throws Failure('storage') where the archive cannot be written. */
export class JournalWriter {
  readonly #archive: Archive;
  readonly #prefix: string;

  constructor(archive: Archive, name: JournalName) {
    this.#archive = archive;
    this.#prefix = journalPrefix(name);
  }

  /** Where a person finds the file. */
  locate(batch: number, file: BatchFile): string {
    return this.#archive.locate(batchKey(this.#prefix, batch, file));
  }

  /** @param fromMs where the first reading begins, epoch milliseconds */
  async begin(log: string, fromMs: number): Promise<void> {
    await this.#create(beginKey(this.#prefix), jsonBytes({ schemaVersion: 1, log, from: toIso(fromMs) }));
  }

  claim(claim: BatchClaim): Promise<void> {
    return this.#create(batchKey(this.#prefix, claim.batch, 'claim.json'), jsonBytes(claim));
  }

  /** Before a batch is sent again of which the log has nothing. */
  again(sent: SentAgain): Promise<void> {
    return this.#create(batchTimeKey(this.#prefix, sent.batch, 'again', sent.time), jsonBytes(sent));
  }

  /** The log certainly took nothing of the batch this time. */
  untaken(answer: Untaken): Promise<void> {
    return this.#create(batchTimeKey(this.#prefix, answer.batch, 'untaken', answer.time), jsonBytes(answer));
  }

  /** @param refused gzipped lines of what the log does not take; null: it takes all */
  async acknowledge(acknowledgement: Acknowledgement, refused: Uint8Array | null): Promise<void> {
    const { batch, possiblyTwice, unknown } = acknowledgement;
    // A run that was stopped may have written these two already, and they say the same.
    if (refused !== null) {
      const key = batchKey(this.#prefix, batch, 'refused.ndjson.gz');
      await this.#archive.create(key, { bytes: refused }, 'application/gzip');
    }
    if (possiblyTwice.length + unknown.length > 0) {
      const key = batchKey(this.#prefix, batch, 'doubt.json');
      await this.#archive.create(key, { bytes: jsonBytes({ schemaVersion: 1, batch }) }, 'application/json');
    }
    await this.#create(batchKey(this.#prefix, batch, 'json'), jsonBytes(acknowledgement));
  }

  readBack(found: ReadBack): Promise<void> {
    return this.#create(batchKey(this.#prefix, found.batch, 'read-back.json'), jsonBytes(found));
  }

  endReading(reading: JournalReading): Promise<void> {
    return this.#create(readingKey(this.#prefix, reading.reading), jsonBytes(reading));
  }

  async #create(key: string, bytes: Uint8Array): Promise<void> {
    if ((await this.#archive.create(key, { bytes }, 'application/json')) === 'created') return;
    throw new Failure(
      'storage',
      `${this.#archive.locate(key)} is there already: another forward is at work`,
      {
        hints: [
          'Nothing is lost. Let one run at a time forward to a log, and run again once the other has ended.',
        ],
      },
    );
  }
}

/** @throws Failure('storage') for a file that is missing or no such file */
async function readFile<T>(archive: Archive, key: string, schema: z.ZodType<T>): Promise<T> {
  const bytes = await archive.read(key);
  const parsed = bytes === null ? undefined : schema.safeParse(jsonOf(bytes));
  if (parsed?.success === true) return parsed.data;
  const words = bytes === null ? 'it is not there' : 'it is no such file of this program';
  throw new Failure('storage', `the journal of forward cannot be read: ${archive.locate(key)}: ${words}`, {
    hints: [
      'Without it nobody knows what the log has. Put the file back from a copy of the archive, and run again.',
      'Or begin another journal with forward.journal in the configuration: what was sent before is sent again then.',
    ],
  });
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
