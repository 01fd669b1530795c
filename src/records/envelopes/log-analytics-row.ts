import { type JsonObject, objectIn } from '../json.js';
import { auditDataOf, isAuditRow } from './audit-columns.js';

/** The column with the original event: its display name in `OCI_Backup_Event_Source`, and its internal name. */
export const originalContentKeys = ['Original Log Content', 'mbody'];

/** Internal names of columns (of the public parser and the built-in fields); the others have one name only. */
const internalNames: ReadonlyMap<string, string> = new Map([
  ['Event Type', 'eventtype'],
  ['Event ID', 'eventid'],
  ['Event Start Time', 'starteventtime'],
  ['Compartment ID', 'compartmentid'],
  ['Compartment Name', 'compartmentname'],
  ['OCI Resource Name', 'ocirsrcname'],
  ['Status', 'status'],
]);

export function isLogAnalyticsRow(value: JsonObject): boolean {
  if ('Event Type' in value || originalContentKeys.some((key) => key in value)) return true;
  return 'eventtype' in value && ('starteventtime' in value || 'eventid' in value);
}

/** Whether its columns name the type of an event. */
export function hasEventColumns(row: JsonObject): boolean {
  return typeof column(row, 'Event Type') === 'string';
}

/** Rebuilds the event from the columns that the log source parsed it into, named by display or internal name. */
export function eventFromColumns(row: JsonObject): JsonObject {
  const isOfAudit = isAuditRow(row);
  // Audit's log source has the event's own time as that of its record; that of backup events may have the time of ingestion.
  const recordTime = isOfAudit ? (row['Time'] ?? row['time']) : undefined;
  return {
    eventType: column(row, 'Event Type'),
    eventID: column(row, 'Event ID'),
    eventTime: column(row, 'Event Start Time') ?? recordTime,
    data: {
      compartmentId: column(row, 'Compartment ID'),
      compartmentName: column(row, 'Compartment Name'),
      resourceName: column(row, 'OCI Resource Name'),
      resourceId: row['rsrcid'],
      additionalDetails: {
        status: column(row, 'Status'),
        lifecycleState: row['LifecycleState'],
        lifecycleDetails: row['lifecycledetail'],
        eventName: row['event'],
        description: row['desc'],
        timeCreated: row['timeCreated'],
        dbUniqueName: row['DBUniqueName'],
        databaseId: row['databaseId'],
        dbSystemId: row['dbSystemId'],
        autoBackupsEnabled: row['autoBackupEnabled'],
        recoveryWindow: row['recoveryWindowInDays'],
        backupDestinationType: row['BackupDestinationType'],
        backupType: row['backupType'],
        backupState: row['backupState'],
        sourceType: row['sourceType'],
        volumeName: row['volumeName'],
        volumeId: row['volumeId'],
        ...objectIn(row['additionalDetails']),
      },
      ...(isOfAudit && auditDataOf(row)),
    },
  };
}

function column(row: JsonObject, name: string): unknown {
  return row[name] ?? row[internalNames.get(name) ?? name];
}
