import type { TimeWindow } from '../../../model/report-day.js';
import type { RecordReading, TakenRecord } from '../../report-kind.js';
import type { BackupEvent } from '../model/backup-event.js';
import type { DayMemory } from '../model/day-memory.js';
import { type ClassifiedRecord, createRecordClassifier } from './classify-record.js';
import { EventLedger } from './event-ledger.js';
import { type IgnoredEvents, IgnoredTypes } from './ignored-types.js';

/** The result of all records of a reading. */
export interface ReadRecords {
  readonly ledger: EventLedger;
  readonly ignored: IgnoredEvents;
}

/**
 * Collects backup events: each fact once, however many records report it.
 *
 * @param beginsOf begin events from an earlier report whose attempts had no end
 */
export function openBackupReading(
  window: TimeWindow,
  beginsOf: (memory: DayMemory) => readonly BackupEvent[],
): RecordReading<DayMemory, ReadRecords> {
  const classify = createRecordClassifier(window);
  const ledger = new EventLedger();
  const ignored = new IgnoredTypes();
  return {
    take: (value, firstNumber) =>
      classify(value).map((found, index) => {
        if (found.kind === 'ignored') ignored.add(found.eventType, found.names);
        const each = taken(found, firstNumber + index, ledger);
        return found.passedOver === undefined ? each : { ...each, passedOver: found.passedOver };
      }),
    finish(memory) {
      // Added last: if the same event was read again, the record from the source is the one used.
      for (const event of memory === null ? [] : beginsOf(memory)) ledger.add(event, 0);
      return { duplicates: ledger.close(), facts: { ledger, ignored: ignored.result() } };
    },
  };
}

function taken(found: ClassifiedRecord, number: number, ledger: EventLedger): TakenRecord {
  const { evidence } = found;
  if (found.kind === 'rejected') {
    return { disposition: 'rejected', reason: found.reason, evidence, corrects: null };
  }
  if (found.kind !== 'event') return { disposition: found.kind, reason: null, evidence, corrects: null };
  const disposition = ledger.add(found.event, number);
  return { disposition, reason: null, evidence, corrects: null };
}
