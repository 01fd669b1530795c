import { type JsonObject, objectIn } from '../json.js';

/** Columns that hold the event as it was, by display name of the log source `OCI_Backup_Event_Source`, and by internal name. */
export const originalContentKeys = ['Original Log Content', 'mbody'];

export function isLogAnalyticsRow(value: JsonObject): boolean {
  return 'Event Type' in value || originalContentKeys.some((key) => key in value);
}

/** Columns of the log source, by display name, back in the shape of the event that they were parsed from. */
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
