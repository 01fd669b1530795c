import type { EventSource, SourceRecord } from '../../src/ports/event-source.js';

/** A source that yields its records in batches of so many; strings are lines as read, everything else is a value. */
export function batchedSource(name: string, records: readonly unknown[], batchSize: number): EventSource {
  async function* batches(): AsyncGenerator<SourceRecord[]> {
    for (let from = 0; from < records.length; from += batchSize) {
      yield records.slice(from, from + batchSize).map((record, index) => {
        const place = `${name}:${from + index + 1}`;
        return typeof record === 'string'
          ? { kind: 'text', text: record, place }
          : { kind: 'value', value: record, place };
      });
    }
  }
  return {
    name,
    type: 'memory',
    diagnose: () => Promise.resolve({ findings: [], eventTypes: null }),
    request: 'records of a test',
    read: () => ({ batches: batches(), outcome: () => ({ complete: true, reasons: [], requests: [] }) }),
  };
}
