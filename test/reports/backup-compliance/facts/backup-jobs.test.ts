import { describe, expect, it } from 'vitest';
import { judge } from '../../../support/judge-day.js';
import { conditionEvent, databaseEvent } from '../../../support/raw-event.js';

const failed = { id: 'end', details: { lifecycleState: 'FAILED' } };
const job = [
  databaseEvent('begin', '2026-11-19T02:00:00Z', { id: 'begin' }),
  databaseEvent('end', '2026-11-19T02:30:00Z', failed),
];

describe('a backup failure notice', () => {
  it.each([
    ['before the job began', '2026-11-19T01:59:59Z', []],
    ['when it began', '2026-11-19T02:00:00Z', ['notice']],
    ['a quarter of an hour after its end', '2026-11-19T02:45:00Z', ['notice']],
    ['later than that', '2026-11-19T02:45:01Z', []],
  ])('%s: is the job named with it?', async (_when, time, ids) => {
    const notice = conditionEvent('critical', 'HEALTH.DB_GUEST.BACKUP.BACKUP_FAILURE', time, {
      id: 'notice',
    });
    const { jobs } = await judge([...job, notice], '2026-11-19');
    expect(jobs[0]?.criticalEventIds).toEqual(ids);
  });
});
