import { describe, expect, it } from 'vitest';
import type { DailyReport } from '../../../../src/reports/backup-compliance/model/daily-report.js';
import { type Settings, fixedInventory, judgeDays } from '../../../support/judge-day.js';
import { type RawEvent, databaseEvent, rawEvent, volumeEvent } from '../../../support/raw-event.js';

/* Which resources are in the population of 19 November 2026 and of the days after: one row for each rule. */

const dates = ['2026-11-19', '2026-11-20', '2026-11-21'] as const;
const erp = 'ocid1.database.oc1.iad.erpprd';
const hr = 'ocid1.database.oc1.iad.hrprd';
const system = 'ocid1.dbsystem.oc1.iad.host1';
const otherSystem = 'ocid1.dbsystem.oc1.iad.host2';

/** `19 02:00` is 2026-11-19T02:00:00Z. */
function at(when: string): string {
  return `2026-11-${when.replace(' ', 'T')}:00Z`;
}

interface Backup {
  readonly of?: string;
  readonly state?: string;
  readonly details?: Record<string, unknown>;
}

/** A backup of ERPPRD, or of another database; it ends unless `end` is null. */
function backup(
  begin: string | null,
  end: string | null,
  { of = erp, state, details }: Backup = {},
): RawEvent[] {
  const resourceId = `ocid1.dbbackup.oc1.iad.${of.slice(-6)}-${begin ?? end}`.replaceAll(/[ :]/g, '-');
  const more = { databaseId: of, dbUniqueName: of.split('.').at(-1)?.toUpperCase(), ...details };
  const events: RawEvent[] = [];
  if (begin !== null) events.push(databaseEvent('begin', at(begin), { resourceId, details: more }));
  const ended = { lifecycleState: state ?? 'ACTIVE', ...more };
  if (end !== null) events.push(databaseEvent('end', at(end), { resourceId, details: ended }));
  return events;
}

function termination(when: string, state: string | null = 'TERMINATED', over: Partial<Ended> = {}): RawEvent {
  const { type = 'databaseservice.database.terminate', of = erp, phase = '.end' } = over;
  const details = state === null ? {} : { lifecycleState: state };
  return rawEvent({ type: `${type}${phase}`, time: at(when), resourceId: of, details });
}

interface Ended {
  readonly type: string;
  readonly of: string;
  readonly phase: '.begin' | '.end' | '';
}

function systemEnded(when: string, of = system, state = 'TERMINATED'): RawEvent {
  return termination(when, state, { type: 'databaseservice.terminatedbsystem', of });
}

async function reportsOf(records: readonly RawEvent[], over: Settings = {}): Promise<readonly DailyReport[]> {
  const judged = await judgeDays(dates, () => ({ records, ...over }));
  return judged.map(({ report }) => report);
}

/** For each day the outcome; `left` where it is listed as terminated, null where the report does not know it. */
function fates(reports: readonly DailyReport[], id = erp): (string | null)[] {
  return reports.map(({ resources, formerResources }) => {
    const left = formerResources.some(
      ({ resourceId, terminatedTime }) => resourceId === id && terminatedTime !== null,
    );
    return resources.find(({ resourceId }) => resourceId === id)?.outcome ?? (left ? 'left' : null);
  });
}

const before = backup('18 02:00', '18 02:10');
const inSystem = { details: { dbSystemId: system.toUpperCase() } };

describe('a database', () => {
  it.each<[says: string, records: RawEvent[], fates: (string | null)[]]>([
    ['leaves on the day after it', [...before, termination('19 12:00')], ['NOT_DUE', 'left', 'left']],
    ['of which nothing is said stays', before, ['MISSED', 'MISSED', 'MISSED']],
    [
      'is there where it FAILED',
      [...before, termination('19 12:00', 'FAILED')],
      ['MISSED', 'MISSED', 'MISSED'],
    ],
    [
      'is there where it ended ACTIVE',
      [...before, termination('19 12:00', 'ACTIVE')],
      ['MISSED', 'MISSED', 'MISSED'],
    ],
    [
      'is there where it ended AVAILABLE',
      [...before, termination('19 12:00', 'AVAILABLE')],
      ['MISSED', 'MISSED', 'MISSED'],
    ],
    [
      'has left where no state is told',
      [...before, termination('19 12:00', null)],
      ['NOT_DUE', 'left', 'left'],
    ],
    [
      'is there where it only began',
      [...before, termination('19 12:00', null, { phase: '.begin' })],
      ['MISSED', 'MISSED', 'MISSED'],
    ],
    [
      'is there where the call was made and ended AVAILABLE',
      [...before, termination('19 12:00', null, { phase: '' }), termination('19 12:05', 'AVAILABLE')],
      ['MISSED', 'MISSED', 'MISSED'],
    ],
    [
      'is gone where a second termination failed',
      [...before, termination('19 12:00'), termination('19 13:00', 'FAILED')],
      ['NOT_DUE', 'left', 'left'],
    ],
    [
      'succeeded before it on that day',
      [...backup('19 02:00', '19 02:10'), termination('19 12:00')],
      ['SUCCEEDED', 'left', 'left'],
    ],
    [
      'failed before it on that day',
      [...before, ...backup('19 02:00', '19 02:10', { state: 'FAILED' }), termination('19 12:00')],
      ['FAILED', 'left', 'left'],
    ],
    [
      'was backed up after it: for good',
      [...before, termination('19 12:00'), ...backup('19 13:00', '19 13:10')],
      ['SUCCEEDED', 'MISSED', 'MISSED'],
    ],
    [
      'was backed up after it, by an attempt that failed',
      [...before, termination('19 12:00'), ...backup('20 02:00', '20 02:10', { state: 'FAILED' })],
      ['NOT_DUE', 'FAILED', 'MISSED'],
    ],
    [
      'has an attempt after it that runs',
      [...before, termination('19 12:00'), ...backup('19 23:00', null)],
      ['IN_PROGRESS', 'UNKNOWN', 'UNKNOWN'],
    ],
    [
      'has an attempt that ended after it, and began before',
      [...before, ...backup('19 11:00', '19 13:00'), termination('19 12:00')],
      ['SUCCEEDED', 'left', 'left'],
    ],
    [
      'has an end after it whose backup was created before',
      [
        ...before,
        termination('19 12:00'),
        ...backup(null, '19 13:00', { details: { timeCreated: at('19 11:00') } }),
      ],
      ['SUCCEEDED', 'left', 'left'],
    ],
    [
      'has an attempt that began before and ended on the next day',
      [...before, ...backup('19 11:00', '20 01:00'), termination('19 12:00')],
      ['UNKNOWN', 'SUCCEEDED', 'left'],
    ],
    [
      'has an attempt that began before and hangs',
      [...before, ...backup('19 22:00', null), termination('19 23:00')],
      ['IN_PROGRESS', 'left', 'left'],
    ],
    [
      'was terminated twice, and backed up between',
      [...before, termination('19 12:00'), ...backup('19 13:00', '19 13:10'), termination('19 14:00')],
      ['SUCCEEDED', 'left', 'left'],
    ],
    [
      'was backed up again, and the termination is told twice',
      [...before, termination('19 12:00'), ...backup('19 13:00', '19 13:10'), termination('19 12:00')],
      ['SUCCEEDED', 'MISSED', 'MISSED'],
    ],
    [
      'has a namesake under another OCID',
      [
        ...before,
        termination('19 12:00'),
        ...backup('20 02:00', '20 02:10', { of: hr, details: { dbUniqueName: 'ERPPRD' } }),
      ],
      ['NOT_DUE', 'left', 'left'],
    ],
    [
      'went with its DB system',
      [...backup('18 02:00', '18 02:10', inSystem), systemEnded('19 12:00')],
      ['NOT_DUE', 'left', 'left'],
    ],
    [
      'has a DB system whose termination ended AVAILABLE',
      [...backup('18 02:00', '18 02:10', inSystem), systemEnded('19 12:00', system, 'AVAILABLE')],
      ['MISSED', 'MISSED', 'MISSED'],
    ],
    ['has no DB system that is known', [...before, systemEnded('19 12:00')], ['MISSED', 'MISSED', 'MISSED']],
    [
      'moved to another DB system before',
      [
        ...backup('17 02:00', '17 02:10', inSystem),
        ...backup('18 02:00', '18 02:10', { details: { dbSystemId: otherSystem } }),
        systemEnded('19 12:00'),
      ],
      ['MISSED', 'MISSED', 'MISSED'],
    ],
    [
      'moved into the DB system that ends',
      [
        ...backup('17 02:00', '17 02:10', { details: { dbSystemId: otherSystem } }),
        ...backup('18 02:00', '18 02:10', inSystem),
        systemEnded('19 12:00'),
      ],
      ['NOT_DUE', 'left', 'left'],
    ],
    [
      'told of its DB system only in the night of the termination',
      [...before, ...backup('19 11:00', '20 01:00', inSystem), systemEnded('19 12:00')],
      ['UNKNOWN', 'SUCCEEDED', 'left'],
    ],
    [
      'has a sibling that is backed up after their DB system ended',
      [
        ...backup('18 02:00', '18 02:10', inSystem),
        ...backup('18 03:00', '18 03:10', { of: hr, ...inSystem }),
        systemEnded('19 12:00'),
        ...backup('21 02:00', '21 02:10', { of: hr }),
      ],
      ['NOT_DUE', 'left', 'MISSED'],
    ],
    [
      'was in something that the catalogue does not know',
      [
        ...backup('18 02:00', '18 02:10', inSystem),
        rawEvent({ type: 'databaseservice.deleteotherthing.end', time: at('19 12:00'), resourceId: system }),
      ],
      ['MISSED', 'MISSED', 'MISSED'],
    ],
  ])('%s', async (_says, records, expected) => {
    expect(fates(await reportsOf(records))).toEqual(expected);
    // What is told in another order is the same.
    expect(fates(await reportsOf(records.toReversed()))).toEqual(expected);
  });

  it('that comes back with its DB system has its history again', async () => {
    const records = [
      ...backup('18 02:00', '18 02:10', inSystem),
      ...backup('18 03:00', '18 03:10', { of: hr, ...inSystem }),
      systemEnded('19 12:00'),
      ...backup('21 02:00', '21 02:10', { of: hr }),
    ];
    const [, gone, back] = await reportsOf(records);
    expect(gone?.formerResources.map(({ reason }) => reason)).toEqual([
      `terminated with ${system}`,
      `terminated with ${system}`,
    ]);
    const resource = back?.resources.find(({ resourceId }) => resourceId === erp);
    expect(resource?.lastSuccessTime).toBe('2026-11-18T02:10:00.000Z');
    expect(back?.formerResources).toEqual([]);
  });

  it('leaves although the inventory still lists it, even where it never had a backup', async () => {
    const inventory = fixedInventory([{ resourceId: erp, resourceName: 'ERPPRD' }]);
    expect(fates(await reportsOf([termination('19 12:00')], { inventory }))).toEqual([
      'NOT_DUE',
      'left',
      'left',
    ]);
  });

  it('that was backed up at night and was deleted with its backups is judged by the deletion alone', async () => {
    const deletion = rawEvent({
      type: 'databaseservice.deletebackup.end',
      time: at('19 13:00'),
      resourceId: 'ocid1.dbbackup.oc1.iad.b',
      details: { databaseId: erp, timeCreated: at('18 02:00'), lifecycleState: 'DELETED' },
    });
    const [day] = await reportsOf([...before, termination('19 12:00'), deletion]);
    const resource = day?.resources[0];
    expect(resource).toMatchObject({ outcome: 'NOT_DUE', compliance: 'NON_COMPLIANT' });
    const { 'no-early-deletion': early, ...others } = resource?.controls ?? {};
    expect(early?.verdict).toBe('NON_COMPLIANT');
    expect(new Set(Object.values(others).map((each) => each?.verdict))).toEqual(new Set(['NOT_APPLICABLE']));
  });

  it('that was terminated and lost no backup is not applicable', async () => {
    const [day] = await reportsOf([...before, termination('19 12:00')]);
    expect(day?.resources[0]).toMatchObject({ outcome: 'NOT_DUE', compliance: 'NOT_APPLICABLE' });
  });
});

function inside(of: string, details: Record<string, unknown>): RawEvent[] {
  return backup('18 02:00', '18 02:10', { of, details });
}

describe('what a resource is in', () => {
  const autonomous = (details: Record<string, unknown>): RawEvent =>
    rawEvent({
      type: 'databaseservice.automaticbackupautonomousdatabase.end',
      time: at('18 02:00'),
      resourceId: 'ocid1.autonomousdatabase.oc1.iad.adw',
      details: { lifecycleState: 'ACTIVE', dbName: 'adw', ...details },
    });
  const adw = 'ocid1.autonomousdatabase.oc1.iad.adw';
  const parent = 'ocid1.parent.oc1.iad.p';

  it.each<[type: string, resourceId: string, records: RawEvent[]]>([
    ['databaseservice.terminatedbsystem', erp, inside(erp, { dbSystemId: parent })],
    ['databaseservice.deletevmcluster', erp, inside(erp, { vmClusterId: parent })],
    ['databaseservice.deletecloudvmcluster', erp, inside(erp, { cloudVmClusterId: parent })],
    ['databaseservice.deletecloudvmcluster', erp, inside(erp, { vmClusterId: parent })],
    ['databaseservice.deleteexadbvmcluster', erp, inside(erp, { exadbVmClusterId: parent })],
    [
      'databaseservice.terminateautonomouscontainerdatabase',
      adw,
      [autonomous({ autonomousContainerDatabaseId: parent })],
    ],
    ['databaseservice.deleteautonomousvmcluster', adw, [autonomous({ autonomousVmClusterId: parent })]],
    [
      'databaseservice.autonomous.autonomouscloudvmcluster.terminate',
      adw,
      [autonomous({ cloudAutonomousVmClusterId: parent })],
    ],
  ])('ends with %s', async (type, resourceId, records) => {
    const reports = await reportsOf([
      ...records,
      termination('19 12:00', 'TERMINATED', { type, of: parent }),
    ]);
    expect(fates(reports, resourceId)).toEqual(['NOT_DUE', 'left', 'left']);
  });

  const container = 'ocid1.autonomouscontainerdatabase.oc1.iad.acd';
  const inContainer = [
    autonomous({ autonomousContainerDatabaseId: container }),
    rawEvent({
      type: 'databaseservice.autonomous.container.database.backup.end',
      time: at('18 03:00'),
      resourceId: 'ocid1.acdbackup.oc1.iad.b',
      details: {
        autonomousContainerDatabaseId: container,
        autonomousVmClusterId: parent,
        lifecycleState: 'ACTIVE',
      },
    }),
  ];

  it('ends what is in a container that is in it', async () => {
    const ended = termination('19 12:00', null, {
      type: 'databaseservice.deleteautonomousvmcluster',
      of: parent,
    });
    const reports = await reportsOf([...inContainer, ended]);
    expect(fates(reports, adw)).toEqual(['NOT_DUE', 'left', 'left']);
    expect(fates(reports, container)).toEqual(['NOT_DUE', 'left', 'left']);
  });

  it('is remembered with what is in a container that is in it', async () => {
    const [report] = await reportsOf(inContainer);
    const life = report?.resources.find(({ resourceId }) => resourceId === adw)?.lastKnown.life;
    expect(life?.parents).toEqual({ container, cluster: parent });
  });

  it.each<[type: string, resourceId: string, backupOf: RawEvent]>([
    ['blockvolumes.deletevolume', 'ocid1.volume.oc1.iad.data01', volumeEvent('end', at('18 02:00'))],
    [
      'goldengate.deletedeployment',
      'ocid1.goldengatedeployment.oc1.iad.g',
      rawEvent({
        type: 'goldengate.createdeploymentbackup.end',
        time: at('18 02:00'),
        resourceId: 'ocid1.goldengatedeploymentbackup.oc1.iad.b',
        details: { deploymentId: 'ocid1.goldengatedeployment.oc1.iad.g', lifecycleState: 'ACTIVE' },
      }),
    ],
    [
      'keymanagementservice.schedulevaultdeletion',
      'ocid1.vault.oc1.iad.v',
      rawEvent({
        type: 'keymanagementservice.backupvault.end',
        time: at('18 02:00'),
        resourceId: 'ocid1.vault.oc1.iad.v',
        details: { lifecycleState: 'ACTIVE' },
      }),
    ],
    [
      'mysqlaas.deletedbsystem',
      'ocid1.mysqldbsystem.oc1.iad.m',
      rawEvent({
        type: 'mysqlaas.createbackup.end',
        time: at('18 02:00'),
        resourceId: 'ocid1.mysqlbackup.oc1.iad.b',
        details: { dbSystemId: 'ocid1.mysqldbsystem.oc1.iad.m', lifecycleState: 'ACTIVE' },
      }),
    ],
  ])('or itself: %s', async (type, resourceId, backupOf) => {
    const reports = await reportsOf([backupOf, termination('19 12:00', 'DELETED', { type, of: resourceId })]);
    expect(fates(reports, resourceId)).toEqual(['NOT_DUE', 'left', 'left']);
  });

  it('is there again where the deletion of a vault was canceled', async () => {
    const of = 'ocid1.vault.oc1.iad.v';
    const records = [
      rawEvent({
        type: 'keymanagementservice.backupvault.end',
        time: at('18 02:00'),
        resourceId: of,
        details: { lifecycleState: 'ACTIVE' },
      }),
      termination('19 12:00', null, { type: 'keymanagementservice.schedulevaultdeletion', of }),
      termination('20 12:00', null, { type: 'keymanagementservice.cancelvaultdeletion', of }),
    ];
    expect(fates(await reportsOf(records), of)).toEqual(['NOT_DUE', 'MISSED', 'MISSED']);
  });

  it.each([
    ['stay where nothing ends', [], ['MISSED', 'MISSED', 'MISSED']],
    [
      'leave with either',
      [termination('19 12:00', 'TERMINATED', { type: 'databaseservice.terminatedbsystem', of: hr })],
      ['NOT_DUE', 'left', 'left'],
    ],
  ] as const)('two that say they are in one another %s', async (_says, ends, expected) => {
    const records = [
      ...backup('18 02:00', '18 02:10', { details: { dbSystemId: hr } }),
      ...backup('18 02:00', '18 02:10', { of: hr, details: { dbSystemId: erp } }),
      ...ends,
    ];
    const reports = await reportsOf(records);
    expect(fates(reports, erp)).toEqual(expected);
    expect(fates(reports, hr)).toEqual(expected);
  });
});
