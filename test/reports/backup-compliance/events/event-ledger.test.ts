import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { EventLedger } from '../../../../src/reports/backup-compliance/events/event-ledger.js';
import { isUnknown } from '../../../../src/reports/backup-compliance/model/unknown-resource.js';
import { correlate, dayOf } from '../../../support/judge.js';
import {
  type RawEvent,
  auditEvent,
  conditionEvent,
  databaseEvent,
  rawEvent,
  volumeEvent,
} from '../../../support/raw-event.js';
import { runsOf } from '../../../support/share-of.js';

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

  it('keeps two facts of one id, and says which ids are shared', () => {
    const one = databaseEvent('end', '2026-11-19T05:00:00Z', {
      id: 'x',
      resourceId: 'ocid1.dbbackup.oc1.iad.b2',
    });
    const other = databaseEvent('end', '2026-11-19T02:00:00Z', { id: 'x' });
    const unrelated = volumeEvent('end', '2026-11-19T02:00:00Z', { id: 'y' });
    const { ledger, dispositions } = correlate([one, other, structuredClone(one), unrelated], day);
    expect(dispositions).toEqual(['used', 'used', 'duplicate', 'used']);
    expect([...ledger.sharedIds()]).toEqual([
      { record: 1, eventId: 'x' },
      { record: 2, eventId: 'x' },
    ]);
  });
});

const backup = (nth: number): string => `ocid1.dbbackup.oc1.iad.b${nth}`;
const databaseOf = (name: string) => ({ databaseId: `ocid1.database.oc1.iad.${name}`, dbUniqueName: name });
const noResource = { databaseId: null, dbUniqueName: null };

/** A row of Log Analytics that was parsed from an event: without its resource id, its time cut to the second. */
function rowOf(event: RawEvent, columns: object = {}): Record<string, unknown> {
  return {
    'Event Type': event['eventType'],
    'Event ID': event['eventID'],
    'Event Start Time': Math.floor(Date.parse(String(event['eventTime'])) / 1000) * 1000,
    LifecycleState: 'ACTIVE',
    ...columns,
  };
}

describe('one event id', () => {
  const time = '2026-11-19T02:00:00.480Z';
  const end = (nth: number, name: string, more: object = {}) =>
    databaseEvent('end', time, {
      id: 'unique_ID',
      resourceId: backup(nth),
      details: { ...databaseOf(name), ...more },
    });
  const [ledger, payments] = [end(1, 'ledger'), end(2, 'payments')];
  const rowNamed = (name: string, state = 'ACTIVE') =>
    rowOf(ledger, { DBUniqueName: name, LifecycleState: state });
  /** Facts are written as `backup or database: status`. */
  it.each<[string, readonly unknown[], readonly string[]]>([
    ['with two backups is two facts', [ledger, payments], ['b1 SUCCEEDED', 'b2 SUCCEEDED']],
    [
      'with two types is two facts',
      [ledger, { ...ledger, eventType: String(ledger['eventType']).replace('.end', '.begin') }],
      ['b1 -', 'b1 SUCCEEDED'],
    ],
    [
      'with two seconds is two facts',
      [ledger, { ...ledger, eventTime: '2026-11-19T03:00:00Z' }],
      ['b1 SUCCEEDED', 'b1 SUCCEEDED'],
    ],
    ['of Events and of Audit, in other letters, is one fact', [ledger, asAudit(ledger)], ['b1 SUCCEEDED']],
    ['as columns without a resource id is one fact', [ledger, rowOf(ledger)], ['b1 SUCCEEDED']],
    [
      'as columns with another result is one fact, the worse one',
      [ledger, rowOf(ledger, { LifecycleState: 'FAILED' })],
      ['b1 FAILED'],
    ],
    [
      'as columns that name one of two databases is a fact of that one',
      [
        ledger,
        payments,
        rowOf(ledger, { databaseId: databaseOf('payments').databaseId, LifecycleState: 'FAILED' }),
      ],
      ['b1 SUCCEEDED', 'b2 FAILED'],
    ],
    [
      'as columns with the unique name of one of two databases is a fact of that one',
      [ledger, payments, rowNamed('LEDGER', 'FAILED')],
      ['b1 FAILED', 'b2 SUCCEEDED'],
    ],
    [
      'as columns that may be of two facts is a third one',
      [ledger, payments, rowOf(ledger)],
      ['b1 SUCCEEDED', 'b2 SUCCEEDED', 'none SUCCEEDED'],
    ],
    [
      'as columns of another second is a fact of its own',
      [ledger, { ...rowOf(ledger), 'Event Start Time': '2026-11-19T02:00:07Z' }],
      ['b1 SUCCEEDED', 'none SUCCEEDED'],
    ],
    ['twice as columns is one fact', [rowOf(ledger), rowOf(ledger)], ['none SUCCEEDED']],
    [
      'as columns of two unique names is two facts',
      [rowNamed('LEDGER', 'FAILED'), rowNamed('OTHERDB')],
      ['ledger FAILED', 'otherdb SUCCEEDED'],
    ],
    [
      'as columns of one unique name in other letters is one fact',
      [rowNamed('LEDGER'), rowNamed('ledger', 'FAILED')],
      ['ledger FAILED'],
    ],
    [
      'as columns of which one names more is one fact',
      [
        rowOf(ledger),
        rowNamed('LEDGER'),
        { ...rowNamed('LEDGER'), 'Compartment ID': 'ocid1.compartment.oc1..x' },
      ],
      ['ledger SUCCEEDED'],
    ],
    [
      'as columns that name the database of an event that does not is one fact, with both',
      [end(1, 'x', noResource), rowOf(ledger, { databaseId: databaseOf('ledger').databaseId })],
      ['b1 SUCCEEDED'],
    ],
    [
      'with a begin and an end as columns is two facts',
      [
        rowNamed('LEDGER'),
        { ...rowNamed('LEDGER'), 'Event Type': String(ledger['eventType']).replace('end', 'begin') },
      ],
      ['ledger -', 'ledger SUCCEEDED'],
    ],
  ])('%s', (_words, records, facts) => {
    for (const order of [records, records.toReversed(), [...records, ...records]]) {
      const { ledger: held, dispositions } = correlate(order, day);
      expect(factsOf(held)).toEqual(facts);
      expect(dispositions.filter((each) => each === 'used')).toHaveLength(facts.length);
    }
  });

  it('with one resource id, too, is as many facts as it names databases', () => {
    const records = [end(1, 'ledger', { lifecycleState: 'FAILED' }), end(1, 'payments')];
    for (const order of [records, records.toReversed()]) {
      const { jobs } = correlate(order, day);
      expect(jobs.map(({ resourceName, status }) => `${resourceName} ${status}`).sort()).toEqual([
        'ledger FAILED',
        'payments SUCCEEDED',
      ]);
    }
  });

  it('is not needed: without one, records that tell of two are two facts', () => {
    expect(correlate([without('FAILED'), without('ACTIVE'), without('FAILED')], day).dispositions).toEqual([
      'used',
      'used',
      'duplicate',
    ]);
  });

  it('that very many facts share joins nothing that may be of two', () => {
    const many = Array.from({ length: 300 }, (_, nth) => end(nth, `d${nth}`));
    const { ledger: held } = correlate([...many, rowOf(ledger)], day);
    expect(factsOf(held)).toHaveLength(301);
    expect([...held.sharedIds()]).toHaveLength(301);
  });
});

/** An event that names nothing at all, not even itself. */
function without(state: string): Record<string, unknown> {
  const { eventID: _, ...event } = databaseEvent('end', '2026-11-19T02:00:00Z', {
    resourceId: null,
    details: { ...noResource, lifecycleState: state },
  });
  return event;
}

/** The same as OCI Audit has it: another id, another spelling of the type, no details. */
function asAudit(event: RawEvent): Record<string, unknown> {
  const { eventID: _, ...rest } = event;
  return {
    ...rest,
    eventType: 'com.oraclecloud.DatabaseService.AutomaticBackupDatabase.end',
    eventId: 'another',
    data: { ...event.data, resourceId: String(event.data['resourceId']).toUpperCase() },
  };
}

function factsOf(ledger: EventLedger): readonly string[] {
  return [...ledger.groups()]
    .flat()
    .map(({ subjectId, resource, result }) => {
      const isBackup = subjectId?.startsWith('ocid1.dbbackup') === true;
      const what = isBackup ? subjectId : isUnknown(resource) ? 'none' : resource.resourceId;
      return `${what.split(/[.:]/).at(-1)} ${result.status ?? '-'}`;
    })
    .sort();
}

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
      expect([...dispositions].sort()).toEqual(['duplicate', 'used']);
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
      expect([...dispositions].sort()).toEqual(['duplicate', 'duplicate', 'used']);
      expect([...ledger.groups()].flat()).toEqual([
        expect.objectContaining({ eventId: 'a', principal: 'jane' }),
      ]);
    }
  });
});

/** Tellings of few facts, whole and in part: rows without the original content, events without their database. */
const arbitraryEvent = fc
  .record({
    phase: fc.constantFrom('begin' as const, 'end' as const),
    second: fc.integer({ min: 0, max: 3 }),
    backup: fc.integer({ min: 1, max: 3 }),
    database: fc.constantFrom('D1', 'D2', null),
    isNamed: fc.boolean(),
    isRow: fc.boolean(),
    id: fc.integer({ min: 1, max: 4 }),
    state: fc.constantFrom('ACTIVE', 'FAILED', 'ODD'),
    upper: fc.boolean(),
  })
  .map(({ phase, second, backup: nth, database, isNamed, isRow, id, state, upper }) => {
    const backupId = backup(nth);
    const event = rawEvent({
      type: `databaseservice.backupdatabase.${phase}`,
      time: `2026-11-19T02:00:0${second}Z`,
      id: `id-${id}`,
      resourceId: upper ? backupId.toUpperCase() : backupId,
      details: {
        databaseId: database === null || isNamed ? null : `ocid1.database.oc1.iad.${database}`,
        dbUniqueName: isNamed || nth === 1 ? database : null,
        lifecycleState: state,
      },
    });
    const details = event.data['additionalDetails'];
    return isRow
      ? rowOf(event, { LifecycleState: state, additionalDetails: JSON.stringify(details) })
      : event;
  });

/** Of another database, under an id, a type and a second of the others. */
const ownFailure = databaseEvent('end', '2026-11-19T02:00:01Z', {
  type: 'databaseservice.backupdatabase.end',
  id: 'id-1',
  resourceId: backup(9),
  details: { databaseId: 'ocid1.database.oc1.iad.own', dbUniqueName: 'OWN', lifecycleState: 'FAILED' },
});

function sharedOf(ledger: EventLedger): readonly string[] {
  return [...ledger.sharedIds()].map(({ eventId }) => eventId).sort();
}

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
          const [one, other] = [correlate(events, day), correlate(shuffled, day)];
          expect(other.jobs).toEqual(one.jobs);
          expect(sharedOf(other.ledger)).toEqual(sharedOf(one.ledger));
        },
      ),
      { numRuns: runsOf(500) },
    );
  });

  it('no failure that was told is lost, whatever other tellings there are', () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent, { maxLength: 14 }), (events) => {
        const failed = correlate([...events, ownFailure], day).jobs.filter(
          ({ status }) => status === 'FAILED',
        );
        expect(failed.map(({ resourceName }) => resourceName)).toContain('OWN');
      }),
    );
  });

  it('used marks, less the corrected ones, are the facts held', () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent, { maxLength: 20 }), (events) => {
        const { ledger, dispositions } = correlate(events, day);
        const facts = [...ledger.groups()].flat().length;
        const used = dispositions.filter((disposition) => disposition === 'used').length;
        expect(facts).toBe(used);
        expect(dispositions).toHaveLength(events.length);
      }),
    );
  });
});
