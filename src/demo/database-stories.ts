import { minuteMs } from '../base/time-units.js';
import { conditionEvent, databaseEvent } from './database-events.js';
import type { DemoEvent } from './demo-event.js';
import { type FleetResource, memberNamed } from './fleet.js';

const backupFailure = 'HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE';
const instanceDown = 'AVAILABILITY.DB_GUEST.CDB_INSTANCE.DOWN';

const containerBackupFailed = {
  severity: 'critical',
  eventName: backupFailure,
  description: 'A backup of the container database failed.',
} as const;
const ownBackupFailed = {
  severity: 'critical',
  eventName: backupFailure,
  description: 'A customer-run RMAN backup failed.',
} as const;
const backupsSucceedAgain = {
  severity: 'information',
  eventName: `${backupFailure}_CLEARED`,
  description: 'Backups succeed again.',
} as const;
const isOffline = {
  severity: 'critical',
  eventName: instanceDown,
  description: 'The instance is offline.',
} as const;
const isOnline = {
  severity: 'information',
  eventName: `${instanceDown}_CLEARED`,
  description: 'The instance is online.',
} as const;

const patched = { type: 'databaseservice.patchdbhome.end', lifecycleState: 'AVAILABLE' };
const restoreStarted = { type: 'databaseservice.restoredatabase.begin', lifecycleState: 'UPDATING' };
const restoreEnded = { type: 'databaseservice.restoredatabase.end', lifecycleState: 'AVAILABLE' };

/** What happens to a database, by days before the last day and hours after local midnight. */
type Happening = {
  readonly ago: number;
  readonly name: string;
  readonly hour: number;
} & (
  | { readonly condition: Parameters<typeof conditionEvent>[1] }
  | { readonly change: Parameters<typeof databaseEvent>[1] }
);

const happenings: readonly Happening[] = [
  // An incident that stays open, and is reported again.
  { ago: 0, name: 'GLPRD', hour: 5.7, condition: containerBackupFailed },
  { ago: 0, name: 'GLPRD', hour: 8.7, condition: containerBackupFailed },
  { ago: 1, name: 'IDMPRD', hour: 16, condition: isOffline },
  { ago: 1, name: 'IDMPRD', hour: 16.4, condition: isOnline },
  { ago: 2, name: 'BILLPRD', hour: 10, condition: ownBackupFailed },
  { ago: 2, name: 'BILLPRD', hour: 12, condition: backupsSucceedAgain },
  { ago: 3, name: 'ERPSTG', hour: 11, change: restoreStarted },
  { ago: 3, name: 'ERPSTG', hour: 12.5, change: restoreEnded },
];

/** Incidents, a restore, and a daily patch unrelated to backups. */
export function databaseStories(
  fleet: readonly FleetResource[],
  ago: number,
  midnightMs: number,
  random: () => number,
): DemoEvent[] {
  const at = (hour: number): number => midnightMs + hour * 60 * minuteMs;
  const events = [databaseEvent(memberNamed(fleet, 'CATDB'), patched, at(14), random)];
  for (const happening of happenings.filter((each) => each.ago === ago)) {
    const resource = memberNamed(fleet, happening.name);
    const timeMs = at(happening.hour);
    events.push(
      'condition' in happening
        ? conditionEvent(resource, happening.condition, timeMs, random)
        : databaseEvent(resource, happening.change, timeMs, random),
    );
  }
  return events;
}
