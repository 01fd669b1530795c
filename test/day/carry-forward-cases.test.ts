import { describe, expect, it } from 'vitest';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { fixedInventory, judgeDays } from '../support/judge-day.js';
import { memorySource } from '../support/memory-source.js';
import { type RawEvent, conditionEvent, databaseEvent, rawEvent } from '../support/raw-event.js';

/* The smallest cases of what a report once did not carry forward rightly. */

const backupFailure = 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE';
const erp = 'ocid1.database.oc1.iad.erpprd';

/** A successful backup of ERPPRD at 02:00 on each of these days of November 2026. */
function backups(fromDay: number, toDay: number): RawEvent[] {
  return Array.from({ length: toDay - fromDay + 1 }, (_, index) =>
    databaseEvent('end', at(fromDay + index, '02:00'), {
      resourceId: `ocid1.dbbackup.oc1.iad.d${fromDay + index}`,
    }),
  );
}

/** An event of a backup of ADW, whose subject is the database itself. */
function autonomous(phase: 'begin' | 'end', time: string): RawEvent {
  return rawEvent({
    type: `databaseservice.automaticbackupautonomousdatabase.${phase}`,
    time,
    resourceId: 'ocid1.autonomousdatabase.oc1.iad.adw',
    resourceName: 'ADW',
    details: { dbName: 'adw', ...(phase === 'end' ? { lifecycleState: 'ACTIVE' } : {}) },
  });
}

function at(day: number, time: string): string {
  return `${dateOf(day)}T${time}:00Z`;
}

function dateOf(day: number): string {
  return `2026-11-${String(day).padStart(2, '0')}`;
}

/** The reports of these days; of the one that is torn the source says that it is not complete. */
async function reportsOf(
  days: readonly number[],
  records: readonly RawEvent[],
  torn: { readonly day: number; readonly records?: readonly RawEvent[] } | null = null,
): Promise<readonly DailyReport[]> {
  const judged = await judgeDays(days.map(dateOf), (date) =>
    torn !== null && date === dateOf(torn.day)
      ? { sources: [memorySource(torn.records ?? records, ['it broke off'])] }
      : { records },
  );
  return judged.map(({ report }) => report);
}

function last(reports: readonly DailyReport[]): DailyReport {
  const report = reports.at(-1);
  if (report === undefined) throw new Error('there is a report');
  return report;
}

describe('a database that was terminated', () => {
  const terminated = rawEvent({
    type: 'databaseservice.database.terminate.end',
    time: at(14, '12:00'),
    resourceId: erp,
  });
  const records = [...backups(8, 14), terminated];

  it('has left on the day after, where the day of its end was reported', async () => {
    const { resources, formerResources } = last(await reportsOf([13, 14, 15], records));
    expect(resources).toEqual([]);
    expect(formerResources).toMatchObject([{ resourceId: erp, reason: 'terminated', lastDay: dateOf(14) }]);
  });

  it('has left on the day after, where the day of its end has no report', async () => {
    const { resources, formerResources } = last(await reportsOf([13, 15], records));
    expect(resources).toEqual([]);
    expect(formerResources).toMatchObject([{ resourceId: erp, reason: 'terminated', lastDay: dateOf(14) }]);
  });

  it('has left although the inventory still names it', async () => {
    const inventory = fixedInventory([{ resourceId: erp, resourceName: 'ERPPRD_iad1kq' }]);
    const judged = await judgeDays([13, 14, 15].map(dateOf), () => ({ records, inventory }));
    const { resources, formerResources } = last(judged.map(({ report }) => report));
    expect(resources).toEqual([]);
    expect(formerResources).toMatchObject([{ resourceId: erp, reason: 'terminated' }]);
  });

  it('has left for that reason where the inventory names it no more', async () => {
    const judged = await judgeDays([13, 14, 15].map(dateOf), (date) => ({
      records,
      inventory: fixedInventory(
        date === dateOf(15) ? [] : [{ resourceId: erp, resourceName: 'ERPPRD_iad1kq' }],
      ),
    }));
    const { formerResources } = last(judged.map(({ report }) => report));
    expect(formerResources).toMatchObject([{ resourceId: erp, reason: 'terminated' }]);
  });
});

describe('a condition that was cleared and is back on the same day', () => {
  const first = conditionEvent('critical', backupFailure, at(15, '10:00'));
  const cleared = conditionEvent('information', `${backupFailure}_CLEARED`, at(15, '11:00'));
  const again = conditionEvent('critical', backupFailure, at(15, '12:00'));
  const records = [...backups(8, 16), first, cleared, again];
  const open = { condition: backupFailure, since: '2026-11-15T12:00:00.000Z' };

  it('is open on the day after', async () => {
    const { resources } = last(await reportsOf([14, 15, 16], records));
    expect(resources).toMatchObject([{ openIncident: open }]);
  });

  it('is open where the day was read again', async () => {
    const { resources } = last(await reportsOf([14, 15, 16], records, { day: 15 }));
    expect(resources).toMatchObject([{ openIncident: open }]);
  });

  it('is open where the day has no report', async () => {
    const { resources } = last(await reportsOf([14, 16], records));
    expect(resources).toMatchObject([{ openIncident: open }]);
  });
});

it('a condition is open since its first notice, where only a later one was read at first', async () => {
  const first = conditionEvent('critical', backupFailure, at(15, '10:00'));
  const repeated = conditionEvent('critical', backupFailure, at(15, '20:00'));
  const told = [...backups(8, 16), repeated];
  const { resources } = last(await reportsOf([14, 15, 16], [...told, first], { day: 15, records: told }));
  expect(resources).toMatchObject([{ openIncident: { since: '2026-11-15T10:00:00.000Z' } }]);
});

it('a condition told of by unique name is its database’s from the day on that the database is known', async () => {
  const elsewhere = { resourceId: 'ocid1.dbsystem.oc1.iad.host1' };
  const records = [...backups(15, 16), conditionEvent('critical', backupFailure, at(14, '10:00'), elsewhere)];
  const { resources } = last(await reportsOf([14, 15, 16], records));
  const database = resources.find(({ resourceId }) => resourceId === erp);
  expect(database?.openIncident).toMatchObject({ condition: backupFailure });
});

describe('a day that was read in part', () => {
  it('does not keep a resource’s settings from being those of its latest backup', async () => {
    const restore = rawEvent({
      type: 'databaseservice.restoredatabase.end',
      time: at(15, '12:00'),
      resourceId: erp,
      details: { databaseId: erp, dbUniqueName: 'ERPPRD_iad1kq', lifecycleState: 'ACTIVE' },
    });
    const told = [...backups(8, 14), restore];
    const switchedOff = databaseEvent('end', at(15, '02:00'), { details: { autoBackupsEnabled: 'false' } });
    const { resources } = last(
      await reportsOf([14, 15, 16], [...told, switchedOff], { day: 15, records: told }),
    );
    expect(resources).toMatchObject([
      { lastSuccessTime: '2026-11-15T02:00:00.000Z', lastKnown: { autoBackupEnabled: false } },
    ]);
  });

  it('does not end a backup that never ended with the end of another one, read again', async () => {
    const records = [
      autonomous('begin', at(12, '23:00')),
      autonomous('begin', at(14, '23:00')),
      autonomous('end', at(15, '01:00')),
      autonomous('begin', at(16, '02:00')),
      autonomous('end', at(16, '03:00')),
    ];
    const whole = last(await reportsOf([13, 14, 15, 16], records));
    expect(whole.resources).toMatchObject([{ outcome: 'UNKNOWN' }]);
    const again = last(await reportsOf([13, 14, 15, 16], records, { day: 15 }));
    expect(again.resources).toEqual(whole.resources);
  });
});
