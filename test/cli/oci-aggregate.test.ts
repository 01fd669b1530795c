import { afterEach, describe, expect, it } from 'vitest';
import { minuteMs } from '../../src/base/time-units.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type CliResult, jsonOf } from '../support/cli.js';
import { OciProject } from '../support/oci-project.js';
import {
  logSource as logSourceColumn,
  originalContent,
  parsedColumns,
  timeColumn,
} from '../support/oci/backup-event-columns.js';
import {
  type StandInProfile,
  asDocumented,
  serviceProfiles,
  wholeSeconds,
} from '../support/oci/service-profiles.js';
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

interface Run extends CliResult {
  readonly report: DailyReport;
  readonly manifest: string;
  /** How many calls were answered. */
  readonly requests: number;
}

async function runWith(
  aggregate: string,
  events: readonly RawEvent[],
  profile: StandInProfile = {},
): Promise<Run> {
  const made = await OciProject.create({}, profile);
  projects.push(made);
  await made.project.write(
    'backup-report.yaml',
    made.configuration({ sources: made.logAnalytics(`, aggregate: ${aggregate}`) }),
  );
  made.addEvents(events);
  const result = await runPlainly(made.project.directory, date);
  const files = made.revision(date);
  return {
    ...result,
    report: jsonOf<DailyReport>(files, 'report.json'),
    manifest: files.get('manifest.json')?.toString() ?? '',
    requests: made.standIn.requests.length,
  };
}

/** What must not depend on how the day was read, nor on the service. */
function saidBy({ code, report }: Run): object {
  const { statusReasons, resources, totals, controls, jobTotals, incidents } = report;
  const open = incidents.map(({ condition, state }) => [condition, state]);
  return { code, statusReasons, resources, totals, controls, jobTotals, open };
}

describe.each(serviceProfiles)('aggregate: server, of a service %s,', (name, profile) => {
  it('gives the same verdicts, outcomes, reasons and totals as reading every record', async () => {
    const [whole, paired] = [await runWith('none', estate()), await runWith('server', estate(), profile)];
    expect(saidBy(paired)).toEqual(saidBy(whole));
    expect(whole.report.status).toBe('COMPLETE');
    const reasons = paired.report.resources.map(({ lastFailure }) => lastFailure?.message);
    expect(reasons).toContain('No space left in the recovery area, try again.');
    // A service without one of the columns cannot pair.
    expect(paired.manifest).toContain(`"readsByPairs": ${String(name !== 'meagre')}`);
  });

  it('adds up over many slices, in which pairs are torn apart', async () => {
    const events = Array.from({ length: 1500 }, (_, index) =>
      backup(100 + index, new Date(Date.parse(`${date}T00:10:00Z`) + index * 50_000).toISOString(), 90),
    ).flat();
    const { code, report, manifest } = await runWith('server', events, profile);
    expect([code, report.statusReasons]).toEqual([0, []]);
    expect(report.jobTotals).toMatchObject({ total: 1500, byStatus: { SUCCEEDED: 1500 } });
    expect(manifest).toContain('"records": 3000');
  });

  it('gives a day whose backups begin and end together', async () => {
    // Two a second: every slice has records on its edges, and more than 500 groups until it is short.
    const events = Array.from({ length: 1300 }, (_, index) =>
      backup(100 + index, new Date(Date.parse(`${date}T03:00:00Z`) + index * 500).toISOString(), 10),
    ).flat();
    const { code, report, manifest } = await runWith('server', events, profile);
    expect([code, report.statusReasons]).toEqual([0, []]);
    expect(report.jobTotals).toMatchObject({ total: 1300, byStatus: { SUCCEEDED: 1300 } });
    expect(manifest).toContain(`"readsByPairs": ${String(name !== 'meagre')}`);
  });
});

describe('aggregate: server', () => {
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

  it('reads more pairs in one second than the service gives', async () => {
    const events = Array.from({ length: 700 }, (_, index) => backup(index, `${date}T06:00:00Z`, 10)).flat();
    const { code, report, manifest } = await runWith('server', events, wholeSeconds);
    expect([code, report.statusReasons]).toEqual([0, []]);
    expect(report.jobTotals).toMatchObject({ total: 700, byStatus: { SUCCEEDED: 700 } });
    expect(manifest).toContain('"readsByPairs": true');
  });

  it('finds out that a service gives fewer groups than documented', async () => {
    const profile = { logAnalytics: { ...asDocumented.logAnalytics, linkGroups: 20 } };
    const [whole, paired] = [await runWith('none', estate()), await runWith('server', estate(), profile)];
    expect(saidBy(paired)).toEqual(saidBy(whole));
    expect(paired.manifest).toContain('"readsByPairs": true');
  });

  const columns = [logSourceColumn, originalContent, timeColumn, ...parsedColumns].map(
    ({ displayName }) => displayName,
  );
  const named = ['databaseId', 'timeCreated', 'LifecycleState', 'Event Type', 'DBUniqueName', 'volumeName'];

  it.each(named)('gives the same report where the tenancy lacks %s', async (missing) => {
    const profile = { logAnalytics: { columns: columns.filter((name) => name !== missing) } };
    const [whole, paired] = [await runWith('none', estate()), await runWith('server', estate(), profile)];
    expect(saidBy(paired)).toEqual(saidBy(whole));
  });
});
