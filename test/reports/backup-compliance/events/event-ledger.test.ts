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

/** An end of the one backup, half a second after that of the second. */
const again = (second: number, over: object = {}) =>
  databaseEvent('end', `2026-11-19T02:00:${String(second + 10)}.500Z`, { id: `again${second}`, ...over });

/** A row of Log Analytics without its original content. */
const row = (id: string, time: string, more: object = {}) => ({
  'Event Type': 'com.oraclecloud.databaseservice.automaticbackupdatabase.end',
  'Event ID': id,
  'Event Start Time': time,
  databaseId: 'ocid1.database.oc1.iad.erpprd',
  LifecycleState: 'ACTIVE',
  ...more,
});

describe('a subject with very many events', () => {
  // One backup whose end is reported again and again, a second apart: more than are looked through one by one.
  const ends = Array.from({ length: 40 }, (_, second) =>
    databaseEvent('end', `2026-11-19T02:00:${String(second + 10)}Z`, { id: `e${second}` }),
  );

  it('has each of them once', () => {
    const { ledger, dispositions } = correlate([...ends, ...ends.map((_, second) => again(second))], day);
    expect(dispositions).toEqual([...ends.map(() => 'used'), ...ends.map(() => 'duplicate')]);
    expect([...ledger.groups()].map((events) => events.map(({ eventId }) => eventId))).toEqual([
      ends.map((_, second) => `again${second}`),
    ]);
  });

  it('tells types, conditions and seconds apart all the same', () => {
    const begin = databaseEvent('begin', '2026-11-19T02:00:20Z');
    const between = again(40);
    expect(correlate([...ends, begin, between, again(39)], day).dispositions.slice(-3)).toEqual([
      'used',
      'used',
      'duplicate',
    ]);
    const conditions = ends.map((_, second) =>
      conditionEvent('critical', 'A.DOWN', `2026-11-19T02:00:${String(second + 10)}Z`),
    );
    const others = [
      conditionEvent('critical', 'A.UP', '2026-11-19T02:00:49Z'),
      conditionEvent('critical', 'A.DOWN_CLEARED', '2026-11-19T02:00:49Z'),
      conditionEvent('critical', 'A.DOWN', '2026-11-19T02:00:49Z'),
    ];
    expect(correlate([...conditions, ...others], day).dispositions.slice(-3)).toEqual([
      'used',
      'used',
      'duplicate',
    ]);
  });
});

describe('the better observation of a fact', () => {
  const time = '2026-11-19T02:00:00Z';
  const of = (id: string, details: object, over: object = {}) =>
    databaseEvent('end', time, { id, details: { ...details }, ...over });
  it.each([
    ['names its resource', of('a', { databaseId: null, lifecycleState: 'FAILED' }), of('b', {}), 'b'],
    ['is worse', of('a', {}), of('b', { lifecycleState: 'FAILED' }), 'b'],
    ['is unknown, not a success', of('a', {}), of('b', { lifecycleState: 'ODD' }), 'b'],
    [
      'is a failure, not unknown',
      of('a', { lifecycleState: 'ODD' }),
      of('b', { lifecycleState: 'FAILED' }),
      'b',
    ],
    [
      'is unknown, not canceled',
      of('a', { lifecycleState: 'CANCELED' }),
      of('b', { lifecycleState: 'ODD' }),
      'b',
    ],
    ['is canceled, not a success', of('a', {}), of('b', { lifecycleState: 'CANCELED' }), 'b'],
    ['has warnings', of('a', {}), of('b', { lifecycleState: 'CompletedWithWarnings' }), 'b'],
    ['has the first id, where all else is equal', of('b', {}), of('a', {}), 'a'],
  ])('%s', (_words, one, other, kept) => {
    for (const records of [
      [one, other],
      [other, one],
    ]) {
      const { ledger, dispositions } = correlate(records, day);
      expect(dispositions).toEqual(['used', 'duplicate']);
      expect([...ledger.groups()].flat().map(({ eventId }) => eventId)).toEqual([kept]);
      const all = [...ledger.ofTypes(({ action }) => action === 'backup')];
      expect(all.map(({ eventId }) => eventId)).toEqual([kept]);
      expect([...ledger.ofTypes(({ action }) => action === 'restore')]).toEqual([]);
    }
  });
});

describe('an event without an id of its own subject', () => {
  const noon = '2026-11-19T12:00:00Z';
  it.each([
    ['of one resource is in one group', row('a', noon), row('b', '2026-11-19T13:00:00Z'), [2]],
    [
      'of one resource and time of creation is in one group',
      row('a', noon, { timeCreated: '2026-11-19T11:00:00Z' }),
      row('b', '2026-11-19T13:00:00Z', { timeCreated: '2026-11-19T11:00:00Z' }),
      [2],
    ],
    [
      'of another time of creation is in another',
      row('a', noon, { timeCreated: '2026-11-19T11:00:00Z' }),
      row('b', '2026-11-19T13:00:00Z', { timeCreated: '2026-11-19T11:30:00Z' }),
      [1, 1],
    ],
    [
      'of no resource stands alone',
      row('a', noon, { databaseId: null }),
      row('b', noon, { databaseId: null }),
      [1, 1],
    ],
  ])('%s', (_words, one, other, sizes) => {
    const { ledger } = correlate([one, other], day);
    expect([...ledger.groups()].map(({ length }) => length)).toEqual(sizes);
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
