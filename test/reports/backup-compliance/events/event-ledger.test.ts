import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { correlate, dayOf } from '../../../support/judge.js';
import { auditEvent, conditionEvent, databaseEvent, rawEvent } from '../../../support/raw-event.js';

const day = dayOf('2026-11-19');

describe('duplicates', () => {
  it('holds one event of one id once', () => {
    const event = databaseEvent('end', '2026-11-19T02:00:00Z');
    const { dispositions, jobs } = correlate([event, structuredClone(event)], day);
    expect(dispositions).toEqual(['used', 'duplicate']);
    expect(jobs).toHaveLength(1);
  });

  it('holds one fact that two routes delivered under two ids once, to the second', () => {
    const one = databaseEvent('end', '2026-11-19T02:00:00Z');
    const other = databaseEvent('end', '2026-11-19T02:00:00.480Z');
    expect(correlate([one, other], day).dispositions).toEqual(['used', 'duplicate']);
  });

  it('tells two conditions of one second apart', () => {
    const time = '2026-11-19T02:00:00Z';
    const events = [
      conditionEvent('critical', 'A.BACKUP_FAILURE', time),
      conditionEvent('critical', 'A.DOWN', time),
    ];
    expect(correlate(events, day).dispositions).toEqual(['used', 'used']);
  });

  it('believes the worse of two tellings, whichever was read first', () => {
    const good = databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'a' });
    const bad = databaseEvent('end', '2026-11-19T02:00:00Z', {
      id: 'a',
      details: { lifecycleState: 'FAILED' },
    });
    expect(correlate([good, bad], day).jobs[0]?.status).toBe('FAILED');
    expect(correlate([bad, good], day).jobs[0]?.status).toBe('FAILED');
  });

  it('joins a row without a resource id to the event that it was parsed from', () => {
    const event = databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'e1' });
    const row = {
      'Event Type': event['eventType'],
      'Event ID': 'e1',
      'Event Start Time': Date.parse('2026-11-19T02:00:00Z'),
      databaseId: 'ocid1.database.oc1.iad.erpprd',
      LifecycleState: 'ACTIVE',
    };
    for (const records of [
      [event, row],
      [row, event],
    ]) {
      const { jobs } = correlate(records, day);
      expect(jobs).toHaveLength(1);
      expect(jobs[0]?.jobId).toBe('ocid1.dbbackup.oc1.iad.b1');
    }
  });

  it('corrects the mark of a record that a later one shows to be a duplicate', () => {
    const row = databaseEvent('end', '2026-11-19T05:00:00Z', {
      id: 'x',
      resourceId: 'ocid1.dbbackup.oc1.iad.b2',
    });
    const one = databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'y' });
    const link = databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'x' });
    const { ledger } = correlate([row, one], day);
    const linked = correlate([row, one, link], day);
    expect([...ledger.groups()].flat()).toHaveLength(2);
    expect([...linked.ledger.groups()].flat()).toHaveLength(1);
  });
});

describe('who caused a fact', () => {
  const type = 'databaseservice.deletebackup.end';
  const time = '2026-11-19T02:00:00Z';
  const told = databaseEvent('end', time, { type, id: 'a' });
  const audited = (id: string, principalName: string) =>
    auditEvent({ type, time, id, resourceId: 'ocid1.dbbackup.oc1.iad.b1', identity: { principalName } });

  it('is known where any telling of it says so, whichever telling is kept', () => {
    const records = [told, audited('b', 'jane'), audited('c', 'joe')];
    for (const order of [records, records.toReversed(), [records[1], records[2], records[0]]]) {
      const { ledger, dispositions } = correlate(order, day);
      expect(dispositions).toEqual(['used', 'duplicate', 'duplicate']);
      expect([...ledger.groups()].flat()).toEqual([
        expect.objectContaining({ eventId: 'a', principal: 'jane' }),
      ]);
    }
  });
});

const arbitraryEvent = fc
  .record({
    phase: fc.constantFrom('begin' as const, 'end' as const),
    second: fc.integer({ min: 0, max: 5 }),
    backup: fc.integer({ min: 1, max: 3 }),
    id: fc.integer({ min: 1, max: 6 }),
    state: fc.constantFrom('ACTIVE', 'FAILED', 'ODD'),
    upper: fc.boolean(),
  })
  .map(({ phase, second, backup, id, state, upper }) => {
    const backupId = `ocid1.dbbackup.oc1.iad.b${backup}`;
    return rawEvent({
      type: `databaseservice.backupdatabase.${phase}`,
      time: `2026-11-19T02:00:0${second}Z`,
      id: `id-${id}`,
      resourceId: upper ? backupId.toUpperCase() : backupId,
      details: { databaseId: 'ocid1.database.oc1.iad.d1', dbUniqueName: 'D1', lifecycleState: state },
    });
  });

describe('order', () => {
  it('does not show in the jobs, however ids and times collide', () => {
    fc.assert(
      fc.property(
        fc
          .array(arbitraryEvent, { maxLength: 14 })
          .chain((events) =>
            fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
          ),
        ([events, shuffled]) => {
          expect(correlate(shuffled, day).jobs).toEqual(correlate(events, day).jobs);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('used marks, less the corrected ones, are the facts held', () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent, { maxLength: 20 }), (events) => {
        const { ledger, dispositions } = correlate(events, day);
        const facts = [...ledger.groups()].flat().length;
        const used = dispositions.filter((disposition) => disposition === 'used').length;
        expect(facts).toBeLessThanOrEqual(used);
        expect(dispositions).toHaveLength(events.length);
      }),
    );
  });
});
