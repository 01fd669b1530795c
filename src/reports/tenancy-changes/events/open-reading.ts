import type { TimeWindow } from '../../../model/report-day.js';
import type { RecordReading, TakenRecord } from '../../record-reading.js';
import type { TenancyMemory } from '../model/tenancy-memory.js';
import { type ClassifiedAudit, createClassifier } from './classify-record.js';
import { HeldRecords } from './held-records.js';
import { ReadCounts } from './read-counts.js';

/** The result of all records of a reading. */
export interface ReadChanges {
  readonly held: HeldRecords;
  readonly reads: ReadCounts;
}

/** Collects changes, each fact once, however many records tell of it, and counts reads. */
export function openChangesReading(window: TimeWindow): RecordReading<TenancyMemory, ReadChanges> {
  const classify = createClassifier(window);
  const held = new HeldRecords();
  const reads = new ReadCounts(window.toMs);
  const takeFound = (found: ClassifiedAudit): TakenRecord => {
    if (found.kind === 'read') reads.add(found.read);
    return taken(found, held);
  };
  return {
    take: (value) => classify(value).map(takeFound),
    takeItem(value) {
      const [found] = classify(value);
      return found === undefined ? null : takeFound(found);
    },
    takeMissing(value, _firstNumber, was) {
      // Each item of a record has a line of its own in the evidence.
      const [found] = classify(value);
      if (found === undefined) return [];
      if (found.kind === 'change') return held.holds(found.record) ? [] : [takeFound(found)];
      // A change that counted then must not be lost because this version cannot read it.
      return found.kind === 'rejected' && was === 'used' ? [takeFound(found)] : [];
    },
    holds(value) {
      const [found, ...others] = classify(value);
      return found?.kind === 'change' && others.length === 0 && held.holds(found.record);
    },
    finish(memory) {
      // Added last: if the same record was read again, the one from the source is used.
      for (const record of memory?.running ?? []) held.add(record);
      held.close();
      return { duplicates: [], facts: { held, reads } };
    },
  };
}

function taken(found: ClassifiedAudit, held: HeldRecords): TakenRecord {
  const { evidence, happened, passedOver } = found;
  const told = { evidence, corrects: null, happened, ...(passedOver === undefined ? {} : { passedOver }) };
  switch (found.kind) {
    case 'change':
      return { disposition: held.add(found.record), reason: null, ...told };
    case 'read':
    case 'other':
      return { disposition: 'ignored', reason: null, ...told };
    case 'outside':
      return { disposition: 'outside', reason: null, ...told };
    case 'rejected':
      return { disposition: 'rejected', reason: found.reason, ...told };
  }
}
