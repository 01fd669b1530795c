import type { SourceReport } from '../../model/report-head.js';
import { many, sampleCutOff, sampleDate } from './sample-values.js';
import type { Whole } from './whole.js';

export const sampleRecords = { read: 48, used: 38, duplicate: 4, outside: 2, ignored: 2, rejected: 2 };

/** One that could not be read whole, and one of which nothing is to be said. */
export function sampleSources(notRead: number): readonly SourceReport[] {
  const {
    inputs: _inputs,
    passedOver: _passedOver,
    notes: _notes,
    pulse: _pulse,
    ...bare
  } = wholeSource(notRead);
  return [
    wholeSource(notRead),
    { ...bare, name: '2:log-analytics', type: 'log-analytics', complete: true, reasons: [] },
  ];
}

function wholeSource(notRead: number): Whole<SourceReport> {
  const dispositions = ['unreadable', 'unreadable in part', 'left out', 'read'] as const;
  const days = [{ date: sampleDate, records: 48, comparable: true }];
  return {
    name: '1:local-files',
    type: 'local-files',
    request: './events/**/*.ndjson.gz',
    windowStart: '2026-11-12T05:00:00.000Z',
    windowEnd: sampleCutOff,
    controlTotals: sampleRecords,
    complete: false,
    notes: ['one table is not there.'],
    reasons: ['events/b.ndjson.gz could not be read: unexpected end of file.'],
    passedOver: { keys: [{ key: 'forwarder', count: 3 }], others: 1 },
    inputs: {
      found: notRead + 7,
      read: 7,
      unreadable: 2,
      leftOut: notRead - 2,
      rules: [
        { rule: 'ignore: .*', inputs: notRead - 3 },
        { rule: 'read under another name', inputs: 1 },
      ],
      notRead: many(Math.min(notRead, 100), (index) => ({
        name: `events/${index}.ndjson.gz`,
        disposition: dispositions[index % dispositions.length] ?? 'left out',
        reason: index % 4 === 3 ? null : 'unexpected end of file',
        bytes: index % 2 === 0 ? 4096 : null,
        records: index % 2 === 0 ? 17 : null,
      })),
    },
    pulse: {
      days,
      regions: [
        { region: 'iad', days },
        { region: null, days },
      ],
    },
  };
}
