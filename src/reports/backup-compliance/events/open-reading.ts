import type { TimeWindow } from '../../../model/report-day.js';
import type { RecordReading, TakenRecord } from '../../record-reading.js';
import type { BackupEvent } from '../model/backup-event.js';
import type { DayMemory } from '../model/day-memory.js';
import type { Witness } from '../model/witness.js';
import { type EstateItem, estateOf } from './azure/azure-estate.js';
import { itemNames, livesOf } from './azure/tell-estate.js';
import { AzureRows, type JobConflict } from './azure/azure-rows.js';
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
  /** What vaults of Azure tell of their items. */
  readonly estate: readonly EstateItem[];
  /** Jobs of Azure Backup whose newest rows contradict each other. */
  readonly conflicts: readonly JobConflict[];
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
  const azure = new AzureRows();
  const ahead = new EventLedger();
  const held = { ledger, azure };
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
    const each = taken(found, tellingOf(found, number), held);
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
      if (found.kind === 'row' || found.kind === 'event') {
        return isHeld(found, held, was === 'outside' ? 'used' : was) ? [] : [taken(found, telling, held)];
      }
      if (found.kind === 'outside' && found.proof !== undefined && !ahead.holds(found.proof, 'used')) {
        ahead.add(found.proof, 0);
        return [taken(found, telling, held)];
      }
      // An event that counted then must not be lost because this version cannot read it.
      return found.kind === 'rejected' && was === 'used' ? [taken(found, telling, held)] : [];
    },
    holds(value) {
      const [found, other] = classify(value);
      return found !== undefined && other === undefined && isHeld(found, held);
    },
    finish(memory) {
      tellRows(held, memory);
      // Last: if the same event was read again, the record from the source is the one used.
      if (memory !== null) for (const event of beginsOf(memory)) ledger.add(event, 0);
      const others = { ...rowFacts(azure), ignored: ignored.result(), ahead: eventsOf(ahead) };
      return { duplicates: ledger.close(), facts: { ledger, ...others } };
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

interface Held {
  readonly ledger: EventLedger;
  readonly azure: AzureRows;
}

/** Adds what the rows of Azure Backup tell of to all other events. */
function tellRows({ ledger, azure }: Held, memory: DayMemory | null): void {
  const { estate } = rowFacts(azure);
  azure.tell(ledger, itemNames(estate, memory));
  for (const event of livesOf(estate, memory, azure.resourceIds())) ledger.add(event, 0);
}

function rowFacts(azure: AzureRows): Pick<ReadRecords, 'estate' | 'conflicts'> {
  return { estate: estateOf(azure.states()), conflicts: azure.conflicts() };
}

/** @param was what a record of an earlier revision counted as */
function isHeld(
  found: ClassifiedRecord,
  { ledger, azure }: Held,
  was: 'used' | 'duplicate' = 'used',
): boolean {
  if (found.kind === 'row') return azure.holds(found.row);
  return found.kind === 'event' && ledger.holds(found.event, was);
}

function taken(found: ClassifiedRecord, { number, witness }: Telling, { ledger, azure }: Held): TakenRecord {
  const { evidence, happened } = found;
  if (found.kind === 'rejected') {
    return { disposition: 'rejected', reason: found.reason, evidence, corrects: null, happened };
  }
  if (found.kind === 'row') {
    return { ...azure.add(found.row, number, witness), reason: null, evidence, happened };
  }
  const disposition = found.kind === 'event' ? ledger.add(found.event, number, witness) : found.kind;
  return { disposition, reason: null, evidence, corrects: null, happened };
}
