import { expect, it } from 'vitest';
import { judge } from '../../../support/judge-day.js';
import { databaseEvent } from '../../../support/raw-event.js';

const date = '2026-11-19';

const backup = (phase: 'begin' | 'end', details: Record<string, unknown>) =>
  databaseEvent(phase, `${date}T0${phase === 'begin' ? 1 : 2}:00:00Z`, {
    id: phase,
    resourceId: 'ocid1.dbbackup.oc1.iad.b1',
    details: {
      databaseId: 'ocid1.database.oc1.iad.hr',
      dbUniqueName: 'HR',
      lifecycleState: 'ACTIVE',
      ...details,
    },
  });

it.each([
  ['neither', {}, {}, {}],
  ['destination of the begin', { backupDestinationType: 'DBRS' }, {}, { destination: 'DBRS' }],
  [
    'destination and expiry of the end before those of the begin',
    { backupDestinationType: 'NFS' },
    { backupDestinationType: 'DBRS', timeExpiryScheduled: '2026-12-19T02:00:00Z' },
    { destination: 'DBRS', expires: '2026-12-19T02:00:00.000Z' },
  ],
  ['size of the begin', { databaseSizeInGBs: 3 }, {}, { sizeBytes: 3 * 1024 ** 3 }],
  ['size of the end', { databaseSizeInGBs: 3 }, { databaseSizeInGBs: 0 }, { sizeBytes: 0 }],
])('the line of a job tells %s', async (_what, begin, end, told) => {
  const { jobs } = await judge([backup('begin', begin), backup('end', end)], date);
  expect(jobs).toHaveLength(1);
  const { destination, sizeBytes, expires } = jobs[0] ?? {};
  expect(JSON.parse(JSON.stringify({ destination, sizeBytes, expires }))).toEqual(told);
  expect(Object.keys(jobs[0] ?? {})).toHaveLength(19 + Object.keys(told).length);
});
