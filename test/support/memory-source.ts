import type { EventSource, SourceRecord } from '../../src/ports/event-source.js';

/** A source over values or raw lines in memory. Strings are lines as read, everything else is a parsed value. */
export function memorySource(records: readonly unknown[], reasons: readonly string[] = []): EventSource {
  async function* batches(): AsyncGenerator<SourceRecord[]> {
    yield records.map((record, index) => {
      const place = `memory:${index + 1}`;
      return typeof record === 'string'
        ? { kind: 'text', text: record, place }
        : { kind: 'value', value: record, place };
    });
  }
  return {
    type: 'memory',
    diagnose: () => Promise.resolve({ findings: [], eventTypes: null }),
    request: 'records of a test',
    read: () => ({
      batches: batches(),
      outcome: () => ({ complete: reasons.length === 0, reasons, requests: [] }),
    }),
  };
}
