import { explainError } from '../errors.js';
import { reasonWords } from '../model/reasons/reason-words.js';
import type { TimeWindow } from '../model/report-day.js';
import type { SourceRecord } from '../ports/event-source.js';
import { readJsonText } from '../records/json.js';
import type { CollectedEntry, ForwardItem, ForwardPlan, ForwardPorts } from './forward-plan.js';

/** What became of a reading, while and after it is read. */
export class EntryCounts {
  records = 0;
  rejected = 0;
  /** Why not everything was read, one sentence each. */
  readonly reasons: string[] = [];

  get isComplete(): boolean {
    return this.reasons.length === 0 && this.rejected === 0;
  }

  /** The first few are told; all are counted. */
  reject(reason: string, place: string): void {
    this.rejected += 1;
    if (this.rejected <= shownRejections) this.reasons.push(`${place}: ${reason}`);
  }
}

const shownRejections = 10;

/**
 * The entries of all sources, one after the other. What was collected at the end of the span or later is left for the next
 * reading. A record that cannot be read is counted: the reading is not complete then.
 */
export async function* readEntries(
  collected: TimeWindow,
  { itemsOf }: Pick<ForwardPlan, 'itemsOf'>,
  { sources, signal }: Pick<ForwardPorts, 'sources' | 'signal'>,
  counts: EntryCounts,
): AsyncGenerator<CollectedEntry> {
  for (const { name, order, read } of sources) {
    const { batches, outcome } = read(collected);
    for await (const batch of batches) {
      signal?.throwIfAborted();
      for (const record of batch) {
        for (const item of itemsIn(record, itemsOf)) {
          counts.records += 1;
          if (!item.ok) counts.reject(item.reason, record.place);
          else if (order === 'everything' || item.entry.collectedMs < collected.toMs) yield item.entry;
        }
      }
    }
    const { complete, reasons } = outcome();
    if (!complete) counts.reasons.push(...reasons.map((reason) => `${name}: ${reason}`));
  }
}

function itemsIn(record: SourceRecord, itemsOf: ForwardPlan['itemsOf']): readonly ForwardItem[] {
  switch (record.kind) {
    case 'unreadable':
    case 'rejected':
      return [{ ok: false, reason: record.reason }];
    case 'value':
      return understood(record.value, itemsOf);
    default: {
      const read = readJsonText(record.text);
      if (read.ok) return understood(read.value, itemsOf);
      return [{ ok: false, reason: read.repeated ?? reasonWords('lineNotJson') }];
    }
  }
}

function understood(value: unknown, itemsOf: ForwardPlan['itemsOf']): readonly ForwardItem[] {
  try {
    return itemsOf(value);
  } catch (error) {
    return [{ ok: false, reason: explainError(error) }];
  }
}
