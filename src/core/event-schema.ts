import { z } from 'zod';

/** Oracle sends numbers and booleans as text or as themselves; text is what all of them have in common. */
const scalar = z.union([z.string(), z.number(), z.boolean()]).nullish();

/** Only the fields used; all others stay in the evidence. */
export const detailsSchema = z.object({
  databaseId: scalar,
  dbUniqueName: scalar,
  dbName: scalar,
  dbSystemId: scalar,
  dbSystemName: scalar,
  displayName: scalar,
  autonomousDatabaseId: scalar,
  autonomousContainerDatabaseId: scalar,
  volumeId: scalar,
  bootVolumeId: scalar,
  volumeGroupId: scalar,
  volumeName: scalar,
  volumeGroupName: scalar,
  fileSystemId: scalar,
  deploymentId: scalar,
  bdsInstanceId: scalar,
  timeCreated: scalar,
  lifecycleState: scalar,
  lifecycleDetails: scalar,
  status: scalar,
  backupState: scalar,
  backupType: scalar,
  sourceType: scalar,
  backupDestinationType: scalar,
  recoveryWindow: scalar,
  autoBackupsEnabled: scalar,
  eventName: scalar,
  description: scalar,
});

export const dataSchema = z.object({
  resourceId: scalar,
  resourceName: scalar,
  compartmentId: scalar,
  compartmentName: scalar,
  status: scalar,
});

export type Details = z.infer<typeof detailsSchema>;
export type EventData = z.infer<typeof dataSchema>;

/** A scalar as text; undefined where it is absent, empty, or one of the words that connectors write for null. */
export function textOf(value: string | number | boolean | null | undefined): string | undefined {
  if (typeof value !== 'string') return value === null || value === undefined ? undefined : String(value);
  const text = value.trim();
  return text === '' || text === 'null' || text === 'None' ? undefined : text;
}
