import { describe, expect, it } from 'vitest';
import { judge, judgeDays } from '../../../support/judge-day.js';
import { type RawEvent, conditionEvent, databaseEvent, volumeEvent } from '../../../support/raw-event.js';

const today = '2026-11-19';
const name = 'ERPPRD_iad1kq';
const stranger = 'ocid1.database.oc1.iad.stranger';

function backupOf(databaseId: string, dbUniqueName: string): RawEvent {
  const resourceId = `ocid1.dbbackup.oc1.iad.${databaseId}`;
  return databaseEvent('end', '2026-11-19T01:00:00Z', { resourceId, details: { databaseId, dbUniqueName } });
}

const one = backupOf('ocid1.database.oc1.iad.one', name);
const two = backupOf('ocid1.database.oc1.iad.two', name.toLowerCase());
const three = backupOf('ocid1.database.oc1.iad.three', name);
const standby = backupOf('ocid1.database.oc1.iad.standby', 'ERPSTB_iad2');
const volume = volumeEvent('end', '2026-11-19T01:00:00Z', { details: { volumeName: name } });

/** Which resource a failure is an incident of that names a database by its unique name. */
async function ownerOf(backups: readonly RawEvent[], resourceId: string): Promise<readonly string[]> {
  const event = conditionEvent('critical', 'HEALTH.DB.BACKUP_FAILURE', '2026-11-19T02:00:00Z', {
    resourceId,
    resourceName: name.toUpperCase(),
  });
  const { report } = await judge([...backups, event], today);
  return report.incidents.map((incident) => incident.resourceId);
}

describe('an incident under an id that nobody knows', () => {
  it.each([
    ['goes to the one database of that name', [one, standby], 'ocid1.database.oc1.iad.one'],
    ['goes to neither of two databases of that name', [one, two], stranger],
    ['goes to neither, in whatever order', [two, one, standby], stranger],
    ['goes to none of three', [one, two, three], stranger],
    ['goes to the database beside a volume of that name', [volume, one], 'ocid1.database.oc1.iad.one'],
    ['goes to no volume', [volume], stranger],
  ])('%s', async (_words, backups, expected) => {
    expect(await ownerOf(backups, stranger)).toEqual([expected]);
  });
});

describe('an incident under a known id', () => {
  it('is of that resource, whatever the name', async () => {
    const known = 'ocid1.database.oc1.iad.standby';
    expect(await ownerOf([one, standby], known)).toEqual([known]);
  });
});

describe('notices under one event id', () => {
  const condition = 'HEALTH.DB.BACKUP_FAILURE';
  const of = (severity: 'critical' | 'information', database: string, day: string) =>
    conditionEvent(
      severity,
      severity === 'critical' ? condition : `${condition}_CLEARED`,
      `${day}T02:00:00Z`,
      {
        id: 'unique_ID',
        resourceId: `ocid1.database.oc1.iad.${database}`,
        resourceName: database,
      },
    );
  const days = ['2026-11-19', '2026-11-20', '2026-11-21'];
  const told: readonly (readonly RawEvent[])[] = [
    [of('critical', 'one', '2026-11-19')],
    [of('critical', 'two', '2026-11-20'), of('critical', 'one', '2026-11-19')],
    [of('information', 'one', '2026-11-21')],
  ];

  it('are told of each, and one clears another on a later day', async () => {
    const reports = await judgeDays(days, (day) => ({ records: told[days.indexOf(day)] ?? [] }));
    expect(
      reports.map(({ report }) =>
        report.incidents.map(({ resourceId, state, eventIds }) => [
          resourceId.split('.').at(-1),
          state,
          eventIds.length,
        ]),
      ),
    ).toEqual([
      [['one', 'open', 1]],
      [
        ['one', 'open', 1],
        ['two', 'open', 1],
      ],
      [
        ['two', 'open', 1],
        ['one', 'cleared', 2],
      ],
    ]);
  });
});
