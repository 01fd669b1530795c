import { z } from 'zod';
import { sha256Hex } from '../base/digest.js';

/*
 * The journal of `forward`, below `<plan>/forward/<log>/` of the archive. Files are created once, in this order:
 *
 *   begin.json                         before anything: where the first reading begins
 *   batch-00000001.claim.json          before the records are sent: what is about to be in the log
 *   batch-00000001.refused.ndjson.gz   those of them that the log does not take
 *   batch-00000001.untaken-0001.json   the log certainly took nothing the first time it was sent
 *   batch-00000001.again-0002.json     after that: before the records are sent for the second time
 *   batch-00000001.doubt.json          an answer was lost: some of them may be in the log twice
 *   batch-00000001.json                the log has acknowledged all that it takes
 *   batch-00000001.read-back.json      where there was a doubt: what a search found
 *   reading-00000001.json              all that was collected in a span of time is in batches
 */

/** Which journal. */
export interface JournalName {
  readonly plan: string;
  /** OCID of the log: each has a journal of its own. */
  readonly log: string;
  /** 1, 2 …: a later one begins anew. */
  readonly number: number;
}

/** `daily-activity/forward/3f0c…-1/` */
export function journalPrefix({ plan, log, number }: JournalName): string {
  return `${plan}/forward/${sha256Hex(log.toLowerCase()).slice(0, 16)}-${number}/`;
}

export type BatchFile = 'claim.json' | 'refused.ndjson.gz' | 'doubt.json' | 'json' | 'read-back.json';

export function batchKey(prefix: string, batch: number, file: BatchFile): string {
  return `${prefix}batch-${digits(batch)}.${file}`;
}

export type BatchTime = 'again' | 'untaken';

export function batchTimeKey(prefix: string, batch: number, what: BatchTime, time: number): string {
  return `${prefix}batch-${digits(batch)}.${what}-${String(time).padStart(4, '0')}.json`;
}

export function readingKey(prefix: string, reading: number): string {
  return `${prefix}reading-${digits(reading)}.json`;
}

function digits(number: number): string {
  return String(number).padStart(8, '0');
}

export function beginKey(prefix: string): string {
  return `${prefix}begin.json`;
}

/** What a file of a journal is; null: nothing of a journal. */
export type JournalFile =
  | { readonly kind: 'batch'; readonly number: number; readonly file: BatchFile }
  /** again: before the batch was sent for the n-th time. untaken: the log took nothing the n-th time. */
  | {
      readonly kind: 'time';
      readonly number: number;
      readonly what: BatchTime;
      readonly time: number;
    }
  | { readonly kind: 'reading'; readonly number: number };

/** @param name behind the journal's prefix */
export function journalFileOf(name: string): JournalFile | null {
  const batch = /^batch-(\d{8})\.(claim\.json|refused\.ndjson\.gz|doubt\.json|json|read-back\.json)$/.exec(
    name,
  );
  if (batch !== null) return { kind: 'batch', number: Number(batch[1]), file: batch[2] as BatchFile };
  const time = /^batch-(\d{8})\.(again|untaken)-(\d{4,8})\.json$/.exec(name);
  if (time !== null) {
    return { kind: 'time', number: Number(time[1]), what: time[2] as BatchTime, time: Number(time[3]) };
  }
  const reading = /^reading-(\d{8})\.json$/.exec(name)?.[1];
  return reading === undefined ? null : { kind: 'reading', number: Number(reading) };
}

const instant = z.iso.datetime();
const count = z.int().min(0);
const uuid = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const span = z.strictObject({ from: instant, to: instant });

/** Before the first reading: one that is stopped or not complete is begun there again, whenever that is. */
export const beginSchema = z.strictObject({ schemaVersion: z.literal(1), log: z.string(), from: instant });

/** Before a batch is sent. */
export const claimSchema = z.strictObject({
  schemaVersion: z.literal(1),
  batch: z.int().min(1),
  /** OCID. */
  log: z.string(),
  claimedAt: instant,
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  /** The records' own times, both included. */
  times: span,
  /** When they were collected, both included. */
  collected: span,
  /** Ids of the entries, in their order. */
  ids: z.array(uuid).min(1),
});

/** Once the log certainly took nothing of a batch. */
export const untakenSchema = z.strictObject({
  schemaVersion: z.literal(1),
  batch: z.int().min(1),
  /** 1, 2 …: the how manieth time it was sent. */
  time: z.int().min(1),
  answeredAt: instant,
  reason: z.string(),
});

/** Before a batch of which the log has nothing is sent again. */
export const againSchema = z.strictObject({
  schemaVersion: z.literal(1),
  batch: z.int().min(1),
  time: z.int().min(2),
  startedAt: instant,
});

/** Once the log has acknowledged all of a batch that it takes. */
export const acknowledgementSchema = z.strictObject({
  schemaVersion: z.literal(1),
  batch: z.int().min(1),
  acknowledgedAt: instant,
  accepted: count,
  /** opc-request-id of each request that was acknowledged. */
  requestIds: z.array(z.string()),
  /** Records that the log does not take; they lie in refused.ndjson.gz. */
  refused: z.array(
    z.strictObject({ id: uuid, subject: z.string(), time: instant, bytes: count, reason: z.string() }),
  ),
  /** Ids of entries that were sent again after an answer was lost: they may be in the log twice. */
  possiblyTwice: z.array(uuid),
  /** Why, one sentence each. */
  doubts: z.array(z.string()),
  /** Ids that were claimed by a run that was stopped, and that the sources give no more: nobody knows whether the log has them. */
  unknown: z.array(uuid),
});

/** Once all records of a span were in batches. */
export const readingSchema = z.strictObject({
  schemaVersion: z.literal(1),
  reading: z.int().min(1),
  endedAt: instant,
  /** When the records were collected: from, and to, not included. */
  collected: span,
  complete: z.boolean(),
  reasons: z.array(z.string()),
  /** Records read; those that the log had already; those that cannot be read. */
  records: count,
  there: count,
  rejected: count,
  /** The last batch there was. */
  afterBatch: count,
});

/** What a search found of a batch that may be in the log twice. */
export const readBackSchema = z.strictObject({
  schemaVersion: z.literal(1),
  batch: z.int().min(1),
  searchedAt: instant,
  once: count,
  several: z.array(z.strictObject({ id: uuid, entries: z.int().min(2) })),
  none: z.array(uuid),
});

export type Untaken = Readonly<z.infer<typeof untakenSchema>>;
export type SentAgain = Readonly<z.infer<typeof againSchema>>;
export type BatchClaim = Readonly<z.infer<typeof claimSchema>>;
export type Acknowledgement = Readonly<z.infer<typeof acknowledgementSchema>>;
export type JournalReading = Readonly<z.infer<typeof readingSchema>>;
export type ReadBack = Readonly<z.infer<typeof readBackSchema>>;
