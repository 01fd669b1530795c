import { describe, expect, it } from 'vitest';
import type { ProtectedResource } from '../../../../src/model/protected-resource.js';
import type { Inventory } from '../../../../src/ports/inventory.js';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { fixedInventory, judge, judgeDays } from '../../../support/judge-day.js';
import { type RawEvent, conditionEvent, databaseEvent, rawEvent } from '../../../support/raw-event.js';

const date = '2026-11-19';
const nextDate = '2026-11-20';
const at = (time: string, day = date): string => `${day}T${time}:00Z`;
const failed = { lifecycleState: 'FAILED' };
const iad = 'ocid1.database.oc1.iad.ledger';
const phx = 'ocid1.database.oc1.phx.ledger';
const twin = 'ocid1.database.oc1.iad.twin';

let serial = 0;

interface End {
  readonly id?: string;
  readonly name?: string;
  readonly day?: string;
  readonly details?: Record<string, unknown>;
  readonly data?: Record<string, unknown>;
  readonly region?: string;
  readonly phase?: 'begin' | 'end';
}

/** A backup of LEDGER: of the OCID given, else known by its unique name alone. */
function backup(time: string, { id, name = 'LEDGER', details, data, region, day, phase = 'end' }: End = {}) {
  serial += 1;
  return databaseEvent(phase, at(time, day), {
    resourceId: `ocid1.dbbackup.oc1.${region ?? 'iad'}.n${serial}`,
    data: data ?? {},
    details: { databaseId: id ?? null, dbUniqueName: name, ...details },
  });
}

function outcomes({ resources }: DailyReport): Record<string, string> {
  return Object.fromEntries(resources.map(({ resourceId, outcome }) => [resourceId, outcome]));
}

const inventoryOf = (...ids: readonly string[]) =>
  fixedInventory(
    ids.map((resourceId): Partial<ProtectedResource> => ({ resourceId, resourceName: 'ledger' })),
  );

const ledgerName = 'name:database:iad:ocid1.compartment.oc1..prod:-:ledger';

describe('a unique name', () => {
  it.each<[string, readonly RawEvent[], Record<string, string>]>([
    [
      'joins the one OCID that events know by it, in other letters',
      [backup('01:00', { id: iad, name: 'ledger' }), backup('03:00', { details: failed })],
      { [iad]: 'FAILED' },
    ],
    [
      'joins it whatever comes first',
      [backup('01:00', { details: failed }), backup('03:00', { id: iad })],
      { [iad]: 'RECOVERED' },
    ],
    [
      'identifies where nothing else does',
      [backup('01:00', { details: failed })],
      { [ledgerName]: 'FAILED' },
    ],
    [
      'tells databases apart',
      [backup('01:00', { details: failed }), backup('02:00', { name: 'OTHERDB' })],
      {
        [ledgerName]: 'FAILED',
        'name:database:iad:ocid1.compartment.oc1..prod:-:otherdb': 'SUCCEEDED',
      },
    ],
    [
      'is of one region',
      [backup('01:00', { id: phx }), backup('03:00', { details: failed })],
      { [phx]: 'SUCCEEDED', [ledgerName]: 'FAILED' },
    ],
    [
      'is of the region by its code or by its name',
      [backup('01:00', { id: iad }), backup('03:00', { details: failed, region: 'us-ashburn-1' })],
      { [iad]: 'FAILED' },
    ],
    [
      'is of one compartment',
      [
        backup('01:00', { id: iad }),
        backup('03:00', { details: failed, data: { compartmentId: 'ocid1.compartment.oc1..TEST' } }),
      ],
      { [iad]: 'SUCCEEDED', 'name:database:iad:ocid1.compartment.oc1..test:-:ledger': 'FAILED' },
    ],
    [
      'is of one DB system, where it is known',
      [
        backup('01:00', { id: iad, details: { dbSystemId: 'ocid1.dbsystem.oc1.iad.s1' } }),
        backup('02:00', { id: twin, details: { dbSystemId: 'ocid1.dbsystem.oc1.iad.s2' } }),
        backup('03:00', { details: { ...failed, dbSystemId: 'OCID1.DBSYSTEM.OC1.IAD.S2' } }),
      ],
      { [iad]: 'SUCCEEDED', [twin]: 'FAILED' },
    ],
    [
      'of which less is known joins the same name of which more is',
      [backup('01:00'), backup('03:00', { details: failed, data: { compartmentId: null } })],
      { [ledgerName]: 'FAILED' },
    ],
    [
      'of two is of neither, and both are unknown at best',
      [backup('01:00', { id: iad }), backup('02:00', { id: twin }), backup('03:00', { details: failed })],
      { [iad]: 'UNKNOWN', [twin]: 'UNKNOWN' },
    ],
    [
      'of two takes nothing away from what is worse',
      [backup('01:00', { id: iad, details: failed }), backup('02:00', { id: twin }), backup('03:00')],
      { [iad]: 'FAILED', [twin]: 'UNKNOWN' },
    ],
    [
      'of two that only began is not decided yet',
      [backup('01:00', { id: iad }), backup('02:00', { id: twin }), backup('23:00', { phase: 'begin' })],
      { [iad]: 'SUCCEEDED', [twin]: 'SUCCEEDED' },
    ],
    [
      'is no name of a database that was terminated before',
      [
        backup('01:00', { id: iad }),
        backup('01:00', { id: twin }),
        termination('02:00', twin),
        backup('03:00', { details: failed }),
      ],
      { [iad]: 'FAILED', [twin]: 'SUCCEEDED' },
    ],
    [
      'may be that of a database that was terminated after',
      [
        backup('01:00', { id: iad }),
        backup('01:00', { id: twin }),
        backup('02:00', { details: failed }),
        termination('03:00', twin),
      ],
      { [iad]: 'UNKNOWN', [twin]: 'UNKNOWN' },
    ],
  ])('%s', async (_words, records, expected) => {
    for (const order of [records, records.toReversed()]) {
      const { report } = await judge(order, date);
      expect(outcomes(report)).toEqual(expected);
      expect(report.totals.expected).toBe(Object.keys(expected).length);
    }
  });

  it('is a finding where two have it, and says so of each', async () => {
    const records = [backup('01:00', { id: iad }), backup('02:00', { id: twin }), backup('03:00')];
    const { report, jobs } = await judge(records, date);
    expect(report.findings).toEqual([expect.objectContaining({ kind: 'name-undecided', subject: 'LEDGER' })]);
    expect(report.findings[0]?.words).toContain(`${iad}, ${twin}`);
    expect(report.resources.map(({ controls }) => controls['backup-succeeded'].reason)).toEqual([
      'events of the day name only LEDGER, which may be this resource or another one',
      'events of the day name only LEDGER, which may be this resource or another one',
    ]);
    expect(jobs).toHaveLength(3);
  });

  it('joins what the inventory knows by it', async () => {
    const { report } = await judge([backup('03:00', { details: failed })], date, {
      inventory: inventoryOf(iad),
    });
    expect(outcomes(report)).toEqual({ [iad]: 'FAILED' });
    expect(report.notInInventory).toEqual([]);
  });

  it('is no second resource where an inventory that was read in part adds what was observed', async () => {
    const listed = inventoryOf(iad);
    const inventory: Inventory = {
      ...listed,
      expectedResources: async (observed) => {
        const reading = await listed.expectedResources(observed);
        return { ...reading, resources: [...reading.resources, ...observed] };
      },
    };
    const { report } = await judge([backup('03:00'), backup('04:00', { name: 'OTHERDB' })], date, {
      inventory,
    });
    expect(outcomes(report)).toEqual({
      [iad]: 'SUCCEEDED',
      [ledgerName.replace('ledger', 'otherdb')]: 'SUCCEEDED',
    });
  });

  it('of two in the inventory leaves both with what is worse', async () => {
    const settings = { inventory: inventoryOf(iad, twin) };
    const { report } = await judge([backup('03:00')], date, settings);
    expect(outcomes(report)).toEqual({ [iad]: 'MISSED', [twin]: 'MISSED' });
    expect(report.findings.map(({ kind }) => kind)).toContain('name-undecided');
    const [first] = report.resources;
    expect(first?.compliance).toBe('NON_COMPLIANT');
  });

  it.each([
    ['dbName', { dbUniqueName: null, dbName: 'LEDGER' }],
    ['displayName', { dbUniqueName: null, displayName: 'LEDGER' }],
  ])('is not %s', async (_field, details) => {
    const { report } = await judge([backup('01:00', { id: iad }), backup('03:00', { details })], date);
    expect(report.resources.map(({ resourceId }) => resourceId.split(':')[0]).sort()).toEqual([
      iad,
      'unknown',
    ]);
  });
});

function termination(time: string, resourceId: string): RawEvent {
  const type = 'databaseservice.database.terminate.end';
  return rawEvent({ type, time: at(time), resourceId, details: { lifecycleState: 'TERMINATED' } });
}

/** A row of Log Analytics without its original content, which has the unique name alone. */
function row(phase: 'begin' | 'end', time: string): Record<string, unknown> {
  return {
    'Event Type': `com.oraclecloud.databaseservice.automaticbackupdatabase.${phase}`,
    'Event ID': `${phase}${time}`,
    'Event Start Time': time,
    DBUniqueName: 'LEDGER',
    LifecycleState: phase === 'end' ? 'ACTIVE' : 'CREATING',
  };
}

async function twoDays(recordsOf: (day: string) => { readonly records: readonly unknown[] }) {
  const [first, second] = await judgeDays([date, nextDate], recordsOf);
  if (first === undefined || second === undefined) throw new Error('two days are expected');
  return [first, second] as const;
}

describe('from day to day', () => {
  it('who is known by name keeps a history of its own, and is missed', async () => {
    const [, second] = await twoDays((day) => ({
      records: day === date ? [backup('03:00')] : [],
    }));
    expect(outcomes(second.report)).toEqual({ [ledgerName]: 'MISSED' });
    expect(second.report.resources[0]).toMatchObject({
      resourceName: 'LEDGER',
      lastSuccessTime: at('03:00').replace('Z', '.000Z'),
      firstReported: date,
    });
  });

  it('its history moves to the OCID that is known then, and nobody is missed or counted twice', async () => {
    const [first, second] = await twoDays((day) => ({
      records:
        day === date
          ? [backup('03:00', { details: failed }), backup('02:00')]
          : [backup('04:00', { id: iad, day, details: { ...failed, lifecycleDetails: 'again' } })],
    }));
    expect(outcomes(first.report)).toEqual({ [ledgerName]: 'FAILED' });
    expect(outcomes(second.report)).toEqual({ [iad]: 'FAILED' });
    expect(second.report.resources[0]).toMatchObject({
      consecutiveBadDays: 2,
      badSince: date,
      firstReported: date,
      lastSuccessTime: at('02:00').replace('Z', '.000Z'),
    });
    expect(second.report.followUp).toMatchObject({ newlyBad: [], resolved: [] });
    expect(second.report.formerResources).toEqual([]);
  });

  it('joins what memory knows by it', async () => {
    const [, second] = await twoDays((day) => ({
      records: day === date ? [backup('03:00', { id: iad })] : [backup('03:00', { day, details: failed })],
    }));
    expect(outcomes(second.report)).toEqual({ [iad]: 'FAILED' });
  });

  it('is told where it can move to two', async () => {
    const [, second] = await twoDays((day) => ({
      records:
        day === date
          ? [backup('03:00')]
          : [backup('03:00', { id: iad, day }), backup('03:00', { id: twin, day })],
    }));
    expect(outcomes(second.report)).toEqual({ [iad]: 'SUCCEEDED', [twin]: 'SUCCEEDED' });
    expect(second.report.findings.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['name-given-up', 'LEDGER'],
    ]);
  });

  it('an attempt over midnight stays one, and is of the OCID that is known at its end', async () => {
    const begin = row('begin', at('23:30'));
    const [first, second] = await twoDays((day) => ({
      records:
        day === date
          ? [begin, row('begin', at('20:00'))]
          : [row('end', at('00:30', day)), row('end', at('05:00', day)), backup('06:00', { id: iad, day })],
    }));
    expect(outcomes(first.report)).toEqual({ 'name:database:-:-:-:ledger': 'IN_PROGRESS' });
    expect(outcomes(second.report)).toEqual({ [iad]: 'SUCCEEDED' });
    expect(second.jobs.map(({ resourceId, durationSeconds }) => [resourceId, durationSeconds])).toEqual([
      [iad, 3600],
      [iad, 9 * 3600],
      [iad, null],
    ]);
  });
});

function openOf({ resources }: DailyReport) {
  return resources.map(({ resourceId, openIncident }) => [resourceId, openIncident?.condition ?? null]);
}

describe('a notice without an OCID', () => {
  const condition = 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE';
  const notice = conditionEvent('critical', condition, at('05:00'), {
    resourceId: null,
    resourceName: 'ledger',
  });
  it('is of the one resource that has its name', async () => {
    const { report } = await judge([backup('01:00', { id: iad }), notice], date);
    expect(openOf(report)).toEqual([[iad, condition]]);
    expect(report.findings).toEqual([]);
    const byName = await judge([backup('01:00'), notice], date);
    expect(openOf(byName.report)).toEqual([[ledgerName, condition]]);
  });

  it('makes no resource where nothing has its name: it is a finding until it is cleared', async () => {
    const days = await judgeDays([date, nextDate, '2026-11-21'], (day) => ({
      records: [
        backup('01:00', { id: phx, name: 'other', day }),
        ...(day === date ? [notice] : []),
        ...(day === '2026-11-21'
          ? [
              conditionEvent('information', `${condition}_CLEARED`, at('05:00', day), {
                resourceId: null,
                resourceName: 'LEDGER',
              }),
            ]
          : []),
      ],
    }));
    for (const [index, { report }] of days.entries()) {
      expect(openOf(report)).toEqual([[phx, null]]);
      expect(report.incidents.map(({ state }) => state)).toEqual([index === 2 ? 'cleared' : 'open']);
      expect(report.findings.map(({ kind, subject }) => [kind, subject])).toEqual([
        ['notice-unmatched', 'ledger'],
      ]);
    }
  });

  it('without any name makes none either', async () => {
    const nameless = conditionEvent('critical', condition, at('05:00'), {
      resourceId: null,
      data: { resourceName: null },
      details: { dbName: null },
    });
    const { report } = await judge([backup('01:00', { id: iad }), nameless], date);
    expect(outcomes(report)).toEqual({ [iad]: 'SUCCEEDED' });
    expect(report.findings.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['notice-unmatched', 'resource unknown'],
    ]);
  });

  it('of two is of neither, and both are unknown at best', async () => {
    const { report } = await judge(
      [backup('01:00', { id: iad }), backup('01:00', { id: twin }), notice],
      date,
    );
    expect(outcomes(report)).toEqual({ [iad]: 'UNKNOWN', [twin]: 'UNKNOWN' });
    expect(report.findings.map(({ kind }) => kind)).toEqual(['name-undecided']);
  });
});
