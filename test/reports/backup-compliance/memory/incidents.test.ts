import { describe, expect, it } from 'vitest';
import { judgeDays } from '../../../support/judge-day.js';
import { type RawEvent, conditionEvent, databaseEvent, rawEvent } from '../../../support/raw-event.js';

const resourceId = 'ocid1.database.oc1.iad.erpprd';
const backup = databaseEvent('end', '2026-11-19T01:00:00Z');
const failure = conditionEvent('critical', 'HEALTH.DB.BACKUP_FAILURE', '2026-11-19T02:00:00Z');
const termination = (time: string, lifecycleState: string): RawEvent =>
  rawEvent({
    type: 'databaseservice.database.terminate.end',
    time,
    resourceId,
    details: { lifecycleState, dbUniqueName: 'ERPPRD_iad1kq' },
  });

const dates = ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'];

/** Of each day, the states of its incidents. */
async function incidentsOf(events: readonly RawEvent[]): Promise<unknown[]> {
  const reports = await judgeDays(dates, () => ({ records: events }));
  return reports.map(({ report }) => report.incidents.map(({ state }) => state));
}

describe('an open incident', () => {
  it('is carried from day to day', async () => {
    expect(await incidentsOf([backup, failure])).toEqual([['open'], ['open'], ['open'], ['open']]);
  });

  it('ends with its resource: the report from which that is gone hands it on no more', async () => {
    const ended = termination('2026-11-20T03:00:00Z', 'TERMINATED');
    expect(await incidentsOf([backup, failure, ended])).toEqual([['open'], ['open'], ['open'], []]);
  });

  it('does not end with a termination that failed', async () => {
    const ended = termination('2026-11-20T03:00:00Z', 'FAILED');
    expect(await incidentsOf([backup, failure, ended])).toEqual([['open'], ['open'], ['open'], ['open']]);
  });
});
