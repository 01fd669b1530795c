import { z } from 'zod';
import { dispositions } from '../../model/control-totals.js';
import type { RejectedLine } from '../../ports/event-source.js';
import { type JsonReading, readJsonText } from '../../records/json.js';

/** What stands before the content of a record: every key is the writer's, so this text is in no value before it. */
const contentKey = ',"content":';

const headSchema = z.object({
  record: z.int(),
  source: z.string(),
  from: z.string().optional(),
  place: z.string(),
  disposition: z.enum(dispositions),
  reason: z.string().optional(),
  sha256: z.string().optional(),
  excerpt: z.string().optional(),
  text: z.string().optional(),
  bytes: z.int().optional(),
  time: z.string().optional(),
  region: z.string().optional(),
});

/** A record as archived evidence has it. */
export interface EvidenceRecord extends z.infer<typeof headSchema> {
  /** Its JSON text; undefined where only its beginning or its text is kept. */
  readonly content: string | undefined;
}

/**
 * Reads one line of events.ndjson.gz, in the form of any version.
 *
 * @returns null for a correction of an earlier line
 * @throws for anything else than a line of evidence
 */
export function readEvidenceLine(line: string): EvidenceRecord | null {
  if (correctionOf(line) !== null) return null;
  const start = line.indexOf(contentKey);
  const head = start === -1 ? line : `${line.slice(0, start)}}`;
  const content = start === -1 ? undefined : line.slice(start + contentKey.length, -1);
  return { ...headSchema.parse(JSON.parse(head)), content };
}

/** A rejected record as a line of evidence has it. */
export function rejectedLineOf({
  reason = '',
  sha256 = '',
  time,
  region,
  ...kept
}: EvidenceRecord): RejectedLine {
  const { place, excerpt, text, bytes, content } = kept;
  const happened = time === undefined ? undefined : { timeMs: Date.parse(time), region: region ?? null };
  return { kind: 'rejected', place, reason, sha256, excerpt, text, bytes, content, happened };
}

/** The disposition that a line gives its record, without parsing it. */
export function dispositionOf(line: string): string | null {
  return /,"disposition":"(\w+)"/.exec(line)?.[1] ?? null;
}

/** Number of the record that the line corrects to a duplicate; null: it corrects none. */
export function correctionOf(line: string): number | null {
  const record = /^\{"record":(\d+),"disposition":"duplicate","corrects":"used"\}$/.exec(line)?.[1];
  return record === undefined ? null : Number(record);
}

/** Number of the record that the line is about. */
export function recordOf(line: string): number {
  return Number(/^\{"record":(\d+),/.exec(line)?.[1]);
}

/** @throws for content that is not JSON: nothing wrote that */
export function valueOf(content: string): unknown {
  const read: JsonReading = readJsonText(content);
  if (!read.ok) throw new Error('the content of a record is not JSON');
  return read.value;
}
