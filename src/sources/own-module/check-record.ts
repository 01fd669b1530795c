import { createHash } from 'node:crypto';
import { z } from 'zod';
import { reasonWords } from '../../model/reasons/reason-words.js';
import type { SourceRecord } from '../../ports/event-source.js';

const place = z.string().min(1);
/** A record of a replay is none: only archived evidence has those. */
const recordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string(), place, isWhole: z.literal(true).optional() }),
  z.object({ kind: z.literal('value'), value: z.unknown(), place }),
  z.object({
    kind: z.literal('unreadable'),
    reason: z.string().min(1),
    excerpt: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.int().min(0),
    place,
  }),
]);

const excerptLength = 200;

/**
 * What a source of a company's own gave as a record, as one that it cannot change any more. What is no record becomes an unreadable one:
 * it is counted, and makes the report INCOMPLETE.
 *
 * @param number of it in the reading, from 1
 */
export function checkedRecord(given: unknown, number: number): SourceRecord {
  const parsed = recordSchema.safeParse(given);
  if (!parsed.success) return noRecord(given, number);
  const record = parsed.data;
  if (record.kind === 'unreadable') return record;
  if (record.kind === 'value') {
    const text = jsonOf(record.value);
    return text === null ? noRecord(given, number) : { ...record, value: JSON.parse(text) };
  }
  const { isWhole, ...rest } = record;
  // Evidence has a line for each.
  const text = record.text.replaceAll(/[\r\n]/g, '');
  return { ...rest, text, ...(isWhole === true && { isWhole }) };
}

function noRecord(given: unknown, number: number): SourceRecord {
  const text = jsonOf(given) ?? typeof given;
  return {
    kind: 'unreadable',
    reason: reasonWords('noRecord'),
    excerpt: text.slice(0, excerptLength),
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: Buffer.byteLength(text),
    place: `record ${number}`,
  };
}

/** null: it is nothing that JSON has. */
function jsonOf(value: unknown): string | null {
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return null;
  }
}
