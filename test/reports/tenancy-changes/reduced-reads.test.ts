import { describe, expect, it } from 'vitest';
import { openChangesReading } from '../../../src/reports/tenancy-changes/events/open-reading.js';
import { auditRecord, loggingForm } from '../../support/audit-records.js';
import { dayOf } from '../../support/judge.js';
import { tenancyToday } from '../../support/tenancy-day.js';

const { startMs, cutOffMs } = dayOf(tenancyToday);
const open = () => openChangesReading({ fromMs: startMs, toMs: cutOffMs });

describe('a read, read again from the evidence', () => {
  const read = auditRecord({ verb: 'GET', operation: 'GetBucket' });
  it.each([
    ['of Audit', read],
    ['of Logging', loggingForm(read)],
    ['in a wrapper', { results: [{ data: { logContent: read } }] }],
  ])('%s counts the same, and gives the same evidence', (_what, record) => {
    const first = open();
    const [taken] = first.take(record, 1);
    const evidence = taken?.evidence.asRead === false ? taken.evidence.value : record;
    const again = open();
    const replayed = again.takeItem(evidence, 1);
    expect(replayed).toEqual(taken);
    expect(again.finish(null).facts.reads.since(startMs)).toEqual(
      first.finish(null).facts.reads.since(startMs),
    );
    expect(first.finish(null).facts.reads.since(startMs)).toMatchObject([{ reads: 1 }]);
  });
});
