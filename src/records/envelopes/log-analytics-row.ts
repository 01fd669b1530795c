import { type JsonObject, objectIn } from '../json.js';

/** The column with the original event: its display name in `OCI_Backup_Event_Source`, and its internal name. */
export const originalContentKeys = ['Original Log Content', 'mbody'];

export function isLogAnalyticsRow(value: JsonObject): boolean {
  return 'Event Type' in value || originalContentKeys.some((key) => key in value);
}

/** Rebuilds the event from the columns that the log source parsed it into, named by display name. */
export function eventFromColumns(row: JsonObject): JsonObject {
  return {
    eventType: row['Event Type'],
    eventID: row['Event ID'],
    eventTime: row['Event Start Time'],
    data: {
      compartmentId: row['Compartment ID'],
      compartmentName: row['Compartment Name'],
      resourceName: row['OCI Resource Name'],
      additionalDetails: {
        status: row['Status'],
        lifecycleState: row['LifecycleState'],
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
    },
  };
}
