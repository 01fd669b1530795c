import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/time-units.js';
import type { TimeWindow } from '../../src/model/report-day.js';
import type { EventSource, SourceOutcome, SourceRecord } from '../../src/ports/event-source.js';
import { createRecordClassifier } from '../../src/reports/backup-compliance/events/classify-record.js';
import { EventLedger } from '../../src/reports/backup-compliance/events/event-ledger.js';
import { databaseEvent } from './raw-event.js';

/** A source over a store of its own. */
export interface SourceUnderTest {
  readonly source: EventSource;
  /** Puts events where the source finds them, as if they had come soon after they happened. */
  put(events: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /** From now on part of the store cannot be read. */
  breakStore(): Promise<void>;
  remove(): Promise<void>;
  /** The id of the event that a record is; if not set, records are understood as those of OCI. */
  readonly idOf?: (record: SourceRecord) => string;
}

/** What the store holds, and how a record of it is understood. */
export interface ContractRecords {
  eventOf(
    id: string,
    time: string,
    index: number,
  ): Readonly<Record<string, unknown>> & { readonly eventID?: unknown };
  /** Ids of the events in the records of a reading, each fact once. */
  openIds(window: TimeWindow): (value: unknown) => readonly string[];
}

type Work = (under: SourceUnderTest, window: TimeWindow) => Promise<void>;

/**
 * The comment on the EventSource port as tests. Every source passes it; `make` gives one with an empty store.
 *
 * @param windowOf the window that a source of this kind can read now, a day long
 */
export function describeSourceContract(
  name: string,
  windowOf: () => TimeWindow,
  make: () => Promise<SourceUnderTest>,
  records: ContractRecords = backupRecords,
): void {
  const eventsOf = (window: TimeWindow, count: number) => eventsIn(window, count, records);
  const read = (source: EventSource, window: TimeWindow, idOf?: SourceUnderTest['idOf']) =>
    readAll(source, window, records, idOf);
  const use = (work: Work): Promise<void> => useSource(make, windowOf(), work);

  describe(`source contract: ${name}`, () => {
    it('gives every event of the window, once told apart', () =>
      use(async ({ source, put, idOf }, window) => {
        const events = eventsOf(window, 60);
        await put(events);
        const { ids, outcome } = await read(source, window, idOf);
        expect(outcome.reasons).toEqual([]);
        expect(outcome.complete).toBe(true);
        expect(ids).toEqual(idsOf(events));
        expect(outcome.requests.length).toBeGreaterThan(0);
        expect(unbalanced(outcome)).toBe(0);
      }));

    it('gives the same when it is read again', () =>
      use(async ({ source, put, idOf }, window) => {
        await put(eventsOf(window, 10));
        const [first, second] = [await read(source, window, idOf), await read(source, window, idOf)];
        expect(first.ids).toHaveLength(10);
        expect(second.ids).toEqual(first.ids);
      }));

    it('never throws for what it reads, and says what is missing', () =>
      use(async ({ source, put, breakStore, idOf }, window) => {
        await put(eventsOf(window, 10));
        await breakStore();
        const { outcome } = await read(source, window, idOf);
        expect(outcome.complete).toBe(false);
        expect(outcome.reasons.length).toBeGreaterThan(0);
        expect(unbalanced(outcome)).toBe(0);
        for (const reason of outcome.reasons) expect(reason).not.toMatch(/undefined|\[object|\n/);
      }));

    it('is diagnosed without being changed', () =>
      use(async ({ source, put, idOf }, window) => {
        await put(eventsOf(window, 3));
        const { findings } = await source.diagnose(window);
        for (const finding of findings) expect(finding.words).not.toBe('');
        expect((await read(source, window, idOf)).ids).toHaveLength(3);
      }));
  });
}

/** Inputs that have no disposition, or more than one. */
function unbalanced({ inputs }: SourceOutcome): number {
  if (inputs === undefined) return 0;
  const { found, read: whole, unreadable, leftOut, entries } = inputs;
  return Math.abs(found - whole - unreadable - leftOut) + Math.abs(found - entries.length);
}

async function useSource(
  make: () => Promise<SourceUnderTest>,
  window: TimeWindow,
  work: Work,
): Promise<void> {
  const under = await make();
  try {
    await work(under, window);
  } finally {
    await under.remove();
  }
}

const idsOf = (events: readonly object[]): string[] => events.map((_, index) => idOfEvent(index)).sort();

const idOfEvent = (index: number): string => `contract-${String(index).padStart(3, '0')}`;

function eventsIn(
  window: TimeWindow,
  count: number,
  { eventOf }: ContractRecords,
): readonly Readonly<Record<string, unknown>>[] {
  const first = window.fromMs + hourMs;
  const step = (window.toMs - window.fromMs - 2 * hourMs) / count;
  return Array.from({ length: count }, (_, index) =>
    eventOf(idOfEvent(index), new Date(Math.round(first + index * step)).toISOString(), index),
  );
}

const backupRecords: ContractRecords = {
  eventOf: (id, time, index) =>
    databaseEvent('end', time, { id, resourceId: `ocid1.dbbackup.oc1.iad.b${index}` }),
  openIds(window) {
    const classify = createRecordClassifier(window);
    const ledger = new EventLedger();
    let number = 0;
    return (value) =>
      classify(value).flatMap((found) => {
        number += 1;
        return found.kind === 'event' && ledger.add(found.event, number) === 'used'
          ? [found.event.eventId]
          : [];
      });
  },
};

/** Reads to the end and understands what came: ids of events, each fact once. */
async function readAll(
  source: EventSource,
  window: TimeWindow,
  { openIds }: ContractRecords,
  idOf?: SourceUnderTest['idOf'],
): Promise<{ ids: readonly string[]; outcome: SourceOutcome }> {
  const { batches, outcome } = source.read(window);
  const idsIn = openIds(window);
  const ids: string[] = [];
  for await (const batch of batches) {
    for (const record of batch) {
      if (idOf !== undefined) {
        ids.push(idOf(record));
        continue;
      }
      if (record.kind === 'unreadable' || record.kind === 'rejected') continue;
      const value: unknown = 'text' in record ? JSON.parse(record.text) : record.value;
      ids.push(...idsIn(value));
    }
  }
  return { ids: ids.sort(), outcome: outcome() };
}
