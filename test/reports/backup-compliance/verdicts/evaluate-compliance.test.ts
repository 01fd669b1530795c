import { describe, expect, it } from 'vitest';
import { judge } from '../../../support/judge-day.js';
import { conditionEvent, databaseEvent, rawEvent, volumeEvent } from '../../../support/raw-event.js';

const today = '2026-11-19';
const at = (time: string, date = today): string => `${date}T${time}:00Z`;
const failedDetails = { lifecycleState: 'FAILED', lifecycleDetails: 'The archive destination is full.' };
const yesterday = databaseEvent('end', at('02:00', '2026-11-18'), {
  resourceId: 'ocid1.dbbackup.oc1.iad.b0',
});

/** Rules of design section 4 as rows: events, outcome, overall verdict, and the sentence of the control that tells. */
const rules: readonly [
  words: string,
  events: readonly unknown[],
  outcome: string,
  compliance: string,
  control: string,
  sentence: RegExp,
][] = [
  [
    'a backup that succeeded today',
    [databaseEvent('end', at('02:00'))],
    'SUCCEEDED',
    'COMPLIANT',
    'recovery-point-age',
    /last successful backup 2026-11-19 02:00 UTC, 22 h before the cut-off; the default policy allows 26 h/,
  ],
  [
    'a backup that failed',
    [yesterday, databaseEvent('end', at('02:00'), { details: failedDetails })],
    'FAILED',
    'NON_COMPLIANT',
    'backup-succeeded',
    /1 attempt on 2026-11-19, none succeeded since; failed at 2026-11-19 02:00 UTC: The archive destination is full\./,
  ],
  [
    'a backup that failed and succeeded later the same day',
    [
      databaseEvent('end', at('02:00'), { resourceId: 'ocid1.dbbackup.oc1.iad.b1', details: failedDetails }),
      databaseEvent('end', at('04:00'), { resourceId: 'ocid1.dbbackup.oc1.iad.b2' }),
    ],
    'RECOVERED',
    'COMPLIANT',
    'backup-succeeded',
    /2 attempts on 2026-11-19: failed, then succeeded/,
  ],
  [
    'a backup that succeeded and failed later the same day',
    [
      databaseEvent('end', at('02:00'), { resourceId: 'ocid1.dbbackup.oc1.iad.b1' }),
      databaseEvent('end', at('04:00'), { resourceId: 'ocid1.dbbackup.oc1.iad.b2', details: failedDetails }),
    ],
    'FAILED',
    'NON_COMPLIANT',
    'backup-succeeded',
    /2 attempts on 2026-11-19, none succeeded since/,
  ],
  [
    'a resource seen yesterday and not today',
    [yesterday],
    'MISSED',
    'NON_COMPLIANT',
    'recovery-point-age',
    /last successful backup 2026-11-18 02:00 UTC, 46 h before the cut-off; the default policy allows 26 h/,
  ],
  [
    'a backup that runs over midnight',
    [yesterday, databaseEvent('begin', at('23:50'))],
    'IN_PROGRESS',
    'NON_COMPLIANT',
    'backup-succeeded',
    /not ended by the cut-off/,
  ],
  [
    'a backup whose end never came',
    [
      databaseEvent('end', at('01:00'), { resourceId: 'ocid1.dbbackup.oc1.iad.b0' }),
      databaseEvent('begin', at('02:00')),
    ],
    'UNKNOWN',
    'NON_COMPLIANT',
    'duration',
    /longest attempt 22 h, the default policy allows 12 h/,
  ],
  [
    'a state that nobody knows',
    [databaseEvent('end', at('02:00'), { details: { lifecycleState: 'QUIESCED' } })],
    'UNKNOWN',
    'NON_COMPLIANT',
    'backup-succeeded',
    /the end event names a state that is not known: QUIESCED/,
  ],
  [
    'a backup that was canceled and not repeated',
    [yesterday, databaseEvent('end', at('02:00'), { details: { lifecycleState: 'CANCELED' } })],
    'FAILED',
    'NON_COMPLIANT',
    'backup-succeeded',
    /canceled at 2026-11-19 02:00 UTC/,
  ],
  [
    'a backup with warnings',
    [databaseEvent('end', at('02:00'), { details: { lifecycleState: 'CompletedWithWarnings' } })],
    'SUCCEEDED_WITH_WARNINGS',
    'COMPLIANT',
    'backup-succeeded',
    /succeeded with warnings/,
  ],
  [
    'a backup that took too long',
    [databaseEvent('begin', at('01:00')), databaseEvent('end', at('14:00'))],
    'SUCCEEDED',
    'NON_COMPLIANT',
    'duration',
    /longest attempt 13 h, the default policy allows 12 h/,
  ],
  [
    'an open backup failure beside a success',
    [
      databaseEvent('end', at('02:00')),
      conditionEvent('critical', 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE', at('05:00')),
    ],
    'SUCCEEDED',
    'NON_COMPLIANT',
    'no-open-incident',
    /HEALTH\.DB_CLUSTER\.CDB\.BACKUP_FAILURE open since 2026-11-19 05:00 UTC/,
  ],
  [
    'a backup failure that was cleared',
    [
      databaseEvent('end', at('06:00')),
      conditionEvent('critical', 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE', at('05:00')),
      conditionEvent('information', 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE_CLEARED', at('06:01')),
    ],
    'SUCCEEDED',
    'COMPLIANT',
    'no-open-incident',
    /no backup failure incident open/,
  ],
  [
    'another condition, which is context only',
    [
      databaseEvent('end', at('02:00')),
      conditionEvent('critical', 'AVAILABILITY.DB_GUEST.CDB_INSTANCE.DOWN', at('05:00')),
    ],
    'SUCCEEDED',
    'COMPLIANT',
    'no-open-incident',
    /no backup failure incident open/,
  ],
  [
    'automatic backup switched off',
    [databaseEvent('end', at('02:00'), { details: { autoBackupsEnabled: 'false' } })],
    'SUCCEEDED',
    'NON_COMPLIANT',
    'protection-enabled',
    /automatic backup is off/,
  ],
  [
    'a backup deleted before its retention ended',
    [
      databaseEvent('end', at('02:00')),
      databaseEvent('end', at('09:00'), {
        type: 'databaseservice.deletebackup.end',
        resourceId: 'ocid1.dbbackup.oc1.iad.old',
        details: { lifecycleState: 'DELETED', timeCreated: at('02:00', '2026-11-10') },
      }),
    ],
    'SUCCEEDED',
    'NON_COMPLIANT',
    'no-early-deletion',
    /a backup 9 d 7 h old was deleted at 2026-11-19 09:00 UTC, its retention is 30 d/,
  ],
];

describe('the default policy', () => {
  it.each(rules)('%s', async (_words, events, outcome, compliance, control, sentence) => {
    const { report } = await judge(events, today);
    expect(report.resources).toHaveLength(1);
    const [resource] = report.resources;
    expect(resource).toMatchObject({ outcome, compliance, policy: 'default' });
    expect(Object.entries(resource?.controls ?? {}).find(([name]) => name === control)?.[1].reason).toMatch(
      sentence,
    );
  });
});

describe('the population', () => {
  it('keeps a resource that vanished from the events for the whole look-back', async () => {
    for (const date of ['2026-11-19', '2026-11-20', '2026-11-24']) {
      const { report } = await judge([yesterday], date);
      expect(report.resources.map(({ outcome }) => outcome)).toEqual(['MISSED']);
    }
  });

  it('lets a terminated database go, with its last day on record', async () => {
    const gone = rawEvent({
      type: 'databaseservice.database.terminate.end',
      time: at('01:00'),
      resourceId: 'ocid1.database.oc1.iad.erpprd',
      details: { lifecycleState: 'TERMINATED' },
    });
    const { report } = await judge([yesterday, gone], today);
    expect(report.resources[0]).toMatchObject({ outcome: 'NOT_DUE', compliance: 'NOT_APPLICABLE' });
    expect(report.resources[0]?.controls['backup-succeeded'].reason).toBe(
      'terminated at 2026-11-19 01:00 UTC',
    );
    const next = await judge([yesterday, gone], '2026-11-20');
    expect(next.report.resources).toEqual([]);
  });

  it('never counts a backup that names no resource as green', async () => {
    const event = rawEvent({
      type: 'postgresql.createbackup.end',
      time: at('03:00'),
      resourceId: 'ocid1.postgresqlbackup.oc1.iad.p1',
      details: { lifecycleState: 'ACTIVE' },
    });
    const { report } = await judge([event], today);
    expect(report.resources[0]).toMatchObject({
      resourceId: 'unknown:postgresql:ocid1.postgresqlbackup.oc1.iad.p1@2026-11-19T03:00:00.000Z',
      resourceName: 'resource unknown (p1)',
      outcome: 'UNKNOWN',
      compliance: 'UNKNOWN',
    });
    expect((await judge([event], '2026-11-20')).report.resources).toEqual([]);
  });

  it('joins a critical event to its database by unique name, in other letters and with another OCID', async () => {
    const critical = conditionEvent('critical', 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE', at('05:00'), {
      resourceId: 'ocid1.database.oc1.iad.somethingelse',
      resourceName: 'erpprd_IAD1KQ',
    });
    const { report } = await judge([databaseEvent('end', at('02:00')), critical], today);
    expect(report.resources).toHaveLength(1);
    expect(report.resources[0]?.controls['no-open-incident'].verdict).toBe('NON_COMPLIANT');
    expect(report.incidents[0]).toMatchObject({ resourceId: 'ocid1.database.oc1.iad.erpprd', state: 'open' });
  });

  it('a copy is no recovery point, and its failure is a finding', async () => {
    const copy = volumeEvent('end', at('02:00'), {
      type: 'blockvolumes.copyvolumebackup.end',
      resourceId: 'ocid1.volumebackup.oc1.iad.copy',
      details: { status: 'operationFailed' },
    });
    const source = volumeEvent('end', at('01:00', '2026-11-18'));
    const { report } = await judge([source, copy], today);
    expect(report.resources[0]).toMatchObject({ outcome: 'MISSED', attempts: 0 });
    expect(report.resources[0]?.findings).toEqual([
      'copying a backup failed at 2026-11-19 02:00 UTC: operationFailed',
    ]);
  });

  it('remembers the last successful restore', async () => {
    const restore = databaseEvent('end', at('12:00', '2026-11-17'), {
      type: 'databaseservice.restoredatabase.end',
      resourceId: 'ocid1.database.oc1.iad.erpprd',
      details: { lifecycleState: 'AVAILABLE' },
    });
    const { report } = await judge([restore, databaseEvent('end', at('02:00'))], today);
    expect(report.resources[0]).toMatchObject({
      lastRestoreTime: at('12:00', '2026-11-17').replace('Z', '.000Z'),
    });
    expect(report.jobTotals.total).toBe(1);
  });
});

describe('incidents', () => {
  it('are one however often they are noticed, and another after a clearing', async () => {
    const failure = 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE';
    const { report } = await judge(
      [
        conditionEvent('critical', failure, at('01:00')),
        conditionEvent('critical', failure, at('02:00')),
        conditionEvent('information', `${failure}_CLEARED`, at('03:00')),
        conditionEvent('critical', failure, at('04:00')),
      ],
      today,
    );
    expect(report.incidents.map(({ state, eventIds }) => [state, eventIds.length])).toEqual([
      ['open', 1],
      ['cleared', 3],
    ]);
  });

  it('a clearing alone is no success', async () => {
    const cleared = conditionEvent(
      'information',
      'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE_CLEARED',
      at('03:00'),
    );
    const { report } = await judge([cleared], today);
    expect(report.resources[0]).toMatchObject({ outcome: 'MISSED', compliance: 'NON_COMPLIANT' });
    expect(report.incidents[0]).toMatchObject({ state: 'cleared', openedAt: null });
  });
});

describe('the report', () => {
  it('shows types about backups that the catalogue does not know', async () => {
    const event = rawEvent({ type: 'newservice.createbackup.end', time: at('02:00') });
    const { report } = await judge([event], today);
    expect(report.unrecognisedTypes).toEqual([
      { eventType: 'com.oraclecloud.newservice.createbackup.end', events: 1 },
    ]);
    expect(report.totals.compliant).toBe(0);
  });

  it('is INCOMPLETE when there was nothing to read', async () => {
    const { report } = await judge([], today);
    expect(report.status).toBe('INCOMPLETE');
    expect(report.totals.compliancePercent).toBeNull();
  });
});
