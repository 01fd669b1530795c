import type { SourceRecord } from '../../ports/event-source.js';
import type { Log } from '../../ports/log.js';
import { type JsonReading, readJsonText } from '../../records/json.js';
import type { BatchAnswer, RecordReading, TakenRecord } from '../../reports/record-reading.js';
import type { DayRecollection } from '../../reports/report-kind.js';
import type { EvidenceWriter, ParsedRecord } from './evidence-writer.js';
import type { PassedOverKeys } from './passed-over-keys.js';
import type { PulseCounter } from './pulse-counter.js';
import { takeItems } from './take-items.js';

export interface EvidenceParts {
  readonly evidence: EvidenceWriter;
  readonly records: RecordReading<DayRecollection, unknown>;
}

export interface BatchParts extends EvidenceParts {
  readonly passedOver: PassedOverKeys;
  readonly pulse: PulseCounter;
  readonly log: Log;
}

/**
 * Gives the records of a batch to the reading, and writes each with its disposition to the evidence.
 *
 * @param answer what another thread made of them; null: nothing
 */
export async function takeBatch(
  batch: readonly SourceRecord[],
  answer: BatchAnswer | null,
  parts: BatchParts,
): Promise<void> {
  const { evidence } = parts;
  for (const [index, record] of batch.entries()) {
    if (record.kind === 'unreadable') {
      evidence.addUnreadable(record);
      continue;
    }
    if (record.kind === 'rejected') {
      evidence.addRejectedBefore(record);
      if (record.happened !== undefined) parts.pulse.add(record.happened);
      continue;
    }
    const told = record.kind === 'text' ? (answer?.take(index, evidence.nextNumber) ?? null) : null;
    const understood = told === null ? understand(record, parts) : { parsed: toldOf(record), items: [told] };
    if (understood === null) continue;
    for (const taken of understood.items) {
      note(taken, understood.parsed, parts);
      const behind = evidence.behind();
      if (behind !== undefined) await behind;
    }
  }
}

type ReadableRecord = Exclude<SourceRecord, { kind: 'unreadable' | 'rejected' }>;

interface Understood {
  readonly parsed: ParsedRecord;
  readonly items: readonly TakenRecord[];
}

/** Understands the record on this thread. null: it is no JSON, and in the evidence already. */
function understand(record: ReadableRecord, parts: BatchParts): Understood | null {
  const { place } = record;
  const { text, isWhole = false } = 'text' in record ? { isWhole: false, ...record } : { text: null };
  const read: JsonReading = 'text' in record ? readJsonText(record.text) : { ok: true, value: record.value };
  if (!read.ok) {
    parts.evidence.addUnparsable(text ?? '', place, read.repeated);
    return null;
  }
  const parsed = { text, value: read.value, place, isWhole };
  return { parsed, items: takeRecord(parsed, parts, record.kind === 'item') };
}

/** A record that another thread has parsed: it is kept as its text. */
function toldOf(record: ReadableRecord): ParsedRecord {
  return { text: record.kind === 'text' ? record.text : null, value: null, place: record.place };
}

function note(taken: TakenRecord, record: ParsedRecord, { evidence, passedOver, pulse }: BatchParts): void {
  evidence.add(taken, record);
  if (taken.passedOver !== undefined) passedOver.add(taken.passedOver);
  if (taken.happened !== undefined) pulse.add(taken.happened);
}

/** @param isItem a line of evidence: only its first item is its own */
function takeRecord(
  record: ParsedRecord,
  { records, evidence, log }: BatchParts,
  isItem: boolean,
): readonly TakenRecord[] {
  const { text, value, place, isWhole = false } = record;
  const taken = takeItems({ value, isText: text !== null, isWhole }, (each) => {
    if (!isItem) return records.take(each, evidence.nextNumber);
    const item = records.takeItem(each, evidence.nextNumber);
    return item === null ? [] : [item];
  });
  if (taken.ok) return taken.items;
  const { reason, failure } = taken;
  if (failure !== null) log.warn({ place, reason: failure }, 'a record could not be processed');
  return [rejected(reason)];
}

function rejected(reason: string): TakenRecord {
  return { disposition: 'rejected', reason, evidence: { asRead: true }, corrects: null };
}
