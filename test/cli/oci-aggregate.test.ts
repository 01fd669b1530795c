import { afterEach, describe, expect, it } from '@jest/globals';
import { minuteMs } from '../../src/base/time-units.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type CliResult, jsonOf } from '../support/cli.js';
import { OciProject } from '../support/oci-project.js';
import { type RawEvent, conditionEvent, databaseEvent, rawEvent, volumeEvent } from '../support/raw-event.js';
import { runPlainly } from '../support/run-here.js';

const date = '2026-11-19';
const projects: OciProject[] = [];

afterEach(async () => {
  for (const each of projects.splice(0)) await each.remove();
});

/** Begin and end of a backup of the database `number`, as Oracle sends them: both with the time of creation. */
function backup(
  number: number,
  begin: string,
  minutes: number,
  end: Readonly<Record<string, unknown>> = {},
): [RawEvent, RawEvent] {
  const details = {
    databaseId: `ocid1.database.oc1.iad.db${number}`,
    dbUniqueName: `DB${number}_iad`,
    timeCreated: begin,
  };
  const resourceId = `ocid1.dbbackup.oc1.iad.${number}-${begin}`;
  const ended = new Date(Date.parse(begin) + minutes * minuteMs).toISOString();
  return [
    databaseEvent('begin', begin, { resourceId, details }),
    databaseEvent('end', ended, { resourceId, details: { ...details, ...end } }),
  ];
}

const failed = {
  lifecycleState: 'FAILED',
  lifecycleDetails: 'No space left in the recovery area, try again.',
};

/** Good backups, and one of each kind that is not plainly good. */
function estate(): RawEvent[] {
  const good = Array.from({ length: 30 }, (_, index) =>
    backup(index, `${date}T0${index % 5}:${String(index).padStart(2, '0')}:00Z`, 40),
  ).flat();
  const twice = backup(0, `${date}T00:00:00Z`, 40);
  const deleted = rawEvent({
    type: 'databaseservice.deletebackup.end',
    time: `${date}T09:00:00Z`,
    resourceId: 'ocid1.dbbackup.oc1.iad.old',
    details: {
      databaseId: 'ocid1.database.oc1.iad.db3',
      timeCreated: `${date}T03:03:00Z`,
      lifecycleState: 'DELETED',
    },
  });
  return [
    ...good,
    // The same facts by another route, under other ids.
    ...twice,
    deleted,
    ...backup(40, `${date}T01:00:00Z`, 5, failed),
    ...backup(41, `${date}T01:00:00Z`, 5, failed),
    ...backup(41, `${date}T02:00:00Z`, 15),
    ...backup(42, `${date}T02:00:00Z`, 15, { lifecycleState: 'ODD' }),
    ...backup(43, `${date}T23:50:00Z`, 50),
    ...backup(44, '2026-11-18T23:50:00Z', 50),
    ...backup(45, `${date}T23:55:00Z`, 900).slice(0, 1),
    volumeEvent('begin', `${date}T04:00:00Z`),
    volumeEvent('end', `${date}T04:20:00Z`),
    conditionEvent('critical', 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE', `${date}T05:00:00Z`),
  ].filter((event): event is RawEvent => event !== undefined);
}

async function runWith(
  aggregate: string,
  events: readonly RawEvent[],
  endExclusive = false,
): Promise<CliResult & { report: DailyReport; manifest: string }> {
  const made = await OciProject.create();
  projects.push(made);
  await made.project.write(
    'backup-report.yaml',
    made.configuration({ sources: made.logAnalytics(`, aggregate: ${aggregate}`) }),
  );
  made.standIn.logs.endExclusive = endExclusive;
  made.addEvents(events);
  const result = await runPlainly(made.project.directory, date);
  const files = made.revision(date);
  return {
    ...result,
    report: jsonOf<DailyReport>(files, 'report.json'),
    manifest: files.get('manifest.json')?.toString() ?? '',
  };
}

describe('aggregate: server', () => {
  it('gives the same verdicts, outcomes, reasons and totals as reading every record', async () => {
    const [whole, paired] = [await runWith('none', estate()), await runWith('server', estate())];
    expect([paired.code, paired.report.statusReasons]).toEqual([whole.code, whole.report.statusReasons]);
    expect(paired.report.resources).toEqual(whole.report.resources);
    expect(paired.report.totals).toEqual(whole.report.totals);
    expect(paired.report.controls).toEqual(whole.report.controls);
    expect(paired.report.jobTotals).toEqual(whole.report.jobTotals);
    expect(paired.report.incidents.map(({ condition, state }) => [condition, state])).toEqual(
      whole.report.incidents.map(({ condition, state }) => [condition, state]),
    );
    const reasons = paired.report.resources.map(({ lastFailure }) => lastFailure?.message);
    expect(reasons).toContain('No space left in the recovery area, try again.');
  });

  it.each([false, true])(
    'adds up over many slices, in which pairs are torn apart; the end of a window is not in it: %s',
    async (endExclusive) => {
      const events = Array.from({ length: 1500 }, (_, index) =>
        backup(100 + index, new Date(Date.parse(`${date}T00:10:00Z`) + index * 50_000).toISOString(), 90),
      ).flat();
      const { code, report, manifest } = await runWith('server', events, endExclusive);
      expect([code, report.statusReasons]).toEqual([0, []]);
      expect(report.jobTotals).toMatchObject({ total: 1500, byStatus: { SUCCEEDED: 1500 } });
      expect(manifest).toContain('"records": 3000');
    },
  );

  it('says on the report and in the manifest that pairs were read', async () => {
    const { report, manifest } = await runWith('server', estate());
    expect(report.sources[0]?.request).toContain('database backups paired by the service');
    expect(report.sources[0]?.request).toContain('| link databaseId, timeCreated |');
    expect(manifest).toContain('"mode": "pairs"');
  });

  it('reads every record where begins and ends would not find each other', async () => {
    const [begin, end] = backup(50, `${date}T06:00:00Z`, 10);
    delete (begin.data['additionalDetails'] as Record<string, unknown>)['timeCreated'];
    const events = [...estate(), begin, end];
    const [whole, paired] = [await runWith('none', events), await runWith('server', events)];
    expect(paired.report.resources).toEqual(whole.report.resources);
    expect(paired.manifest).toContain('"readsByPairs": false');
  });
});
