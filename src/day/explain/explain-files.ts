import { newControlTotals, sumControlTotals } from '../../model/control-totals.js';
import type { ControlTotals, CountingTotals, Disposition } from '../../model/control-totals.js';
import type { SourceRecord } from '../../ports/event-source.js';
import { type DescribedItem, describeItems } from '../../records/envelopes/describe-envelope.js';
import type { NamedContent } from '../../records/formats/named-content.js';
import { readJsonText } from '../../records/json.js';
import type { ExplainedRecord } from '../../reports/explanation.js';
import type { RecordExplanation } from '../../reports/report-kind.js';
import { reasonUnparsable, takeItems } from '../evidence/take-items.js';
import { LineSpool } from './line-spool.js';

/** One item of a file, and what became of it. */
export interface ExplainedItem extends ExplainedRecord {
  /** Its number in the reading, from 1. */
  readonly record: number;
  readonly file: string;
  /** Where it is: `events/a.ndjson:17` */
  readonly place: string;
  /** From outside to inside: `stream message, OCI Events`; null where no form is known. */
  readonly envelope: string | null;
}

export interface ExplainedFile {
  readonly name: string;
  /** `whole`; `in part`: up to a fault, or between faults; `not at all`; `left out` by a rule. */
  readonly read: 'whole' | 'in part' | 'not at all' | 'left out';
  /** Why it was not read as a whole; null where it was. */
  readonly reason: string | null;
  /** As stored; null where it was not opened. */
  readonly bytes: number | null;
  /** From outside to inside: `gzip`, `JSON lines`. Empty for an empty file. */
  readonly format: readonly string[];
  readonly records: ControlTotals;
}

/** What became of files, and of every record in them. */
export interface FilesExplanation {
  /** In the order of reading. */
  readonly files: readonly ExplainedFile[];
  readonly records: ControlTotals;
  /** File by file, in the order of reading. May be called several times. */
  items(): AsyncIterable<ExplainedItem>;
  /** Frees what the items are kept in. */
  close(): Promise<void>;
}

/**
 * Reads files as one reading and explains each record. Memory grows with the facts in them, not with the records.
 *
 * @param explanation of a kind of report
 * @throws Failure('storage') where many records cannot be kept in a temporary file
 */
export async function explainFiles(
  contents: AsyncIterable<NamedContent>,
  explanation: RecordExplanation,
  spool = new LineSpool(),
): Promise<FilesExplanation> {
  const files: FileSoFar[] = [];
  let record = 0;
  try {
    for await (const content of contents) {
      const file = { content, first: record + 1, totals: newControlTotals() };
      files.push(file);
      if (content.kind !== 'file') continue;
      for await (const batch of content.batches) {
        for (const each of batch) {
          for (const item of itemsOf(each, explanation, record + 1)) {
            record += 1;
            enter(file.totals, item.disposition);
            await spool.add(JSON.stringify({ record, file: content.name, place: each.place, ...item }));
          }
        }
      }
    }
  } catch (error) {
    await spool.remove();
    throw error;
  }
  const duplicates = new Set(explanation.finish());
  for (const number of duplicates) markDuplicate(files.findLast(({ first }) => first <= number));
  return {
    files: files.map(explainedFile),
    records: sumControlTotals(files.map(({ totals }) => totals)),
    items: () => corrected(spool, duplicates),
    close: () => spool.remove(),
  };
}

interface FileSoFar {
  readonly content: NamedContent;
  /** Number of its first record. */
  readonly first: number;
  readonly totals: CountingTotals;
}

type Item = ExplainedRecord & Pick<ExplainedItem, 'envelope'>;

function itemsOf(record: SourceRecord, explanation: RecordExplanation, firstNumber: number): readonly Item[] {
  if (record.kind === 'unreadable' || record.kind === 'rejected') return [rejected(record.reason)];
  const read = 'text' in record ? readJsonText(record.text) : { ok: true as const, value: record.value };
  if (!read.ok) return [rejected(reasonUnparsable(read.repeated))];
  const isWhole = record.kind === 'text' && record.isWhole === true;
  const form = { value: read.value, isText: record.kind === 'text', isWhole };
  const taken = takeItems(form, (value) => {
    const described = describeItems(value);
    return explanation.take(value, firstNumber).map((item, index) => withDescription(item, described[index]));
  });
  return taken.ok ? taken.items : [rejected(taken.reason)];
}

/** What the record itself has, where nothing was made of it. */
function withDescription(item: ExplainedRecord, described: DescribedItem | undefined): Item {
  return {
    ...item,
    eventType: item.eventType ?? described?.eventType ?? null,
    time: item.time ?? described?.time ?? null,
    envelope: described?.envelope ?? null,
  };
}

function rejected(reason: string): Item {
  const nothing = { eventType: null, time: null, eventId: null, subject: null, became: null, envelope: null };
  return { disposition: 'rejected', reason, ...nothing };
}

function enter(totals: CountingTotals, disposition: Disposition): void {
  totals.read += 1;
  totals[disposition] += 1;
}

function markDuplicate(file: FileSoFar | undefined): void {
  if (file === undefined) return;
  file.totals.used -= 1;
  file.totals.duplicate += 1;
}

function explainedFile({ content, totals: records }: FileSoFar): ExplainedFile {
  const { name } = content;
  if (content.kind !== 'file') {
    const read = content.kind === 'left out' ? content.kind : 'not at all';
    return { name, read, reason: content.reason, bytes: null, format: [], records };
  }
  const { bytes, format, fault, readable } = content.result;
  const read = { all: 'whole', part: 'in part', none: 'not at all' } as const;
  return { name, read: read[readable], reason: fault, bytes, format, records };
}

async function* corrected(spool: LineSpool, duplicates: ReadonlySet<number>): AsyncGenerator<ExplainedItem> {
  for await (const line of spool.lines()) {
    const item = JSON.parse(line) as ExplainedItem;
    yield duplicates.has(item.record) ? { ...item, disposition: 'duplicate' } : item;
  }
}
