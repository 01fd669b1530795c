import type { TimeWindow } from '../../../model/report-day.js';
import type { RecordReading, TakenRecord } from '../../record-reading.js';
import type { BackupEvent } from '../model/backup-event.js';
import type { DayMemory } from '../model/day-memory.js';
import type { Witness } from '../model/witness.js';
import { type CollectEvent, eventAnswers } from './batch-answers.js';
import { type ClassifiedRecord, createRecordClassifier } from './classify-record.js';
import { EventLedger } from './event-ledger.js';
import { type IgnoredEvents, IgnoredTypes } from './ignored-types.js';

/** The result of all records of a reading. */
export interface ReadRecords {
  readonly ledger: EventLedger;
  readonly ignored: IgnoredEvents;
  /** Ends of backups after the cut-off that were running at it, each once. */
  readonly ahead: readonly BackupEvent[];
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
  let source: string | null = null;
  const ledger = new EventLedger();
  const ahead = new EventLedger();
  const ignored = new IgnoredTypes();
  const tellingOf = ({ happened }: ClassifiedRecord, number: number): Telling => ({
    number,
    witness: source === null ? null : { name: source, region: happened?.region ?? null },
  });
  const collect: CollectEvent = (event, region, number) => takeFound(foundByThread(event, region), number);
  const takeFound = (found: ClassifiedRecord, number: number): TakenRecord => {
    if (found.kind === 'ignored') ignored.add(found.eventType, found.names);
    // Records that tell the same are all outside: only one of them counts.
    if (found.kind === 'outside' && found.proof !== undefined) ahead.add(found.proof, 0);
    const each = taken(found, tellingOf(found, number), ledger);
    return found.passedOver === undefined ? each : { ...each, passedOver: found.passedOver };
  };
  return {
    threads: { module: batchReader, window, openAnswers: eventAnswers(collect) },
    beginSource: (name) => void (source = name),
    take: (value, firstNumber) =>
      classify(value).map((found, index) => takeFound(found, firstNumber + index)),
    takeItem(value, number) {
      const [found] = classify(value);
      return found === undefined ? null : takeFound(found, number);
    },
    takeMissing(value, firstNumber, was) {
      // Each item of a record has a line of its own in the evidence.
      const [found] = classify(value);
      if (found === undefined) return [];
      const telling = tellingOf(found, firstNumber);
      if (found.kind === 'event') {
        const isHeld = ledger.holds(found.event, was === 'outside' ? 'used' : was);
        return isHeld ? [] : [taken(found, telling, ledger)];
      }
      if (found.kind === 'outside' && found.proof !== undefined && !ahead.holds(found.proof, 'used')) {
        ahead.add(found.proof, 0);
        return [taken(found, telling, ledger)];
      }
      // An event that counted then must not be lost because this version cannot read it.
      return found.kind === 'rejected' && was === 'used' ? [taken(found, telling, ledger)] : [];
    },
    holds(value) {
      const [found, ...others] = classify(value);
      return found?.kind === 'event' && others.length === 0 && ledger.holds(found.event, 'used');
    },
    finish(memory) {
      // Added last: if the same event was read again, the record from the source is the one used.
      for (const event of memory === null ? [] : beginsOf(memory)) ledger.add(event, 0);
      const facts = { ledger, ignored: ignored.result(), ahead: eventsOf(ahead) };
      return { duplicates: ledger.close(), facts };
    },
  };
}

const batchReader = new URL('./batch-reader.js', import.meta.url).href;

function foundByThread(event: BackupEvent, region: string | null): ClassifiedRecord {
  return { kind: 'event', event, evidence: { asRead: true }, happened: { timeMs: event.timeMs, region } };
}

function eventsOf(ledger: EventLedger): readonly BackupEvent[] {
  ledger.close();
  return [...ledger.groups()].flat();
}

interface Telling {
  /** Of the record, in the evidence. */
  readonly number: number;
  /** null: nobody says which source it is of. */
  readonly witness: Witness | null;
}

function taken(found: ClassifiedRecord, { number, witness }: Telling, ledger: EventLedger): TakenRecord {
  const { evidence, happened } = found;
  if (found.kind === 'rejected') {
    return { disposition: 'rejected', reason: found.reason, evidence, corrects: null, happened };
  }
  const disposition = found.kind === 'event' ? ledger.add(found.event, number, witness) : found.kind;
  return { disposition, reason: null, evidence, corrects: null, happened };
}
