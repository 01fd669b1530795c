import { minuteMs } from '../../src/base/time-units.js';
import type { DailyReport } from '../../src/reports/backup-compliance/model/daily-report.js';
import { type CliResult, jsonOf } from './cli.js';
import { OciProject } from './oci-project.js';
import type { StandInProfile } from './oci/service-profiles.js';
import { type RawEvent, conditionEvent, databaseEvent, rawEvent, volumeEvent } from './raw-event.js';
import { runPlainly } from './run-here.js';

const date = '2026-11-19';

/** Begin and end of a backup of the database `number`, as Oracle sends them: both with the time of creation. */
export function backup(
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
export function estate(): RawEvent[] {
  const good = Array.from({ length: 30 }, (_, index) =>
    backup(index, `${date}T0${index % 5}:${String(index).padStart(2, '0')}:00Z`, 40),
  ).flat();
  const twice = backup(0, `${date}T00:00:00Z`, 40);
  return [
    ...good,
    // The same facts by another route, under other ids.
    ...twice,
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

/** A backup of the database 3 was deleted when it was six hours old. */
export function deletedEarly(): RawEvent {
  return rawEvent({
    type: 'databaseservice.deletebackup.end',
    time: `${date}T09:00:00Z`,
    resourceId: 'ocid1.dbbackup.oc1.iad.old',
    details: {
      databaseId: 'ocid1.database.oc1.iad.db3',
      timeCreated: `${date}T03:03:00Z`,
      lifecycleState: 'DELETED',
    },
  });
}

export interface AggregateRun extends CliResult {
  readonly report: DailyReport;
  readonly manifest: string;
}

/** A day read with this `aggregate`, of a service of this profile that has these events. */
export async function runWith(
  aggregate: 'none' | 'server',
  events: readonly RawEvent[],
  profile: StandInProfile = {},
): Promise<AggregateRun> {
  const made = await OciProject.create({}, profile);
  try {
    const sources = made.logAnalytics(`, aggregate: ${aggregate}`);
    await made.project.write('backup-report.yaml', made.configuration({ sources }));
    made.addEvents(events);
    const result = await runPlainly(made.project.directory, date);
    const files = made.revision(date);
    const manifest = files.get('manifest.json')?.toString() ?? '';
    return { ...result, report: jsonOf<DailyReport>(files, 'report.json'), manifest };
  } finally {
    await made.remove();
  }
}

/** What must not depend on how the day was read, nor on the service. */
export function saidBy({ code, report }: AggregateRun): object {
  const { statusReasons, resources, totals, controls, jobTotals, incidents } = report;
  const open = incidents.map(({ condition, state }) => [condition, state]);
  return { code, statusReasons, resources, totals, controls, jobTotals, open };
}
