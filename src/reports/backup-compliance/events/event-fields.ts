import { scalarChecker } from '../../../records/check-fields.js';
import type { Scalar } from '../../../records/json.js';
import type { TagFields } from './read-tags.js';

/** Longest reason or description kept from an event; the evidence has the full text. */
export const maxMessage = 4000;

/** The fields of `data` that are used; all others stay in the evidence. */
export const dataFields = [
  'resourceId',
  'resourceName',
  'compartmentId',
  'compartmentName',
  'status',
] as const;

/** The fields of `data.additionalDetails` that are used. */
export const detailFields = [
  'databaseId',
  'dbUniqueName',
  'dbName',
  'dbSystemId',
  'dbSystemName',
  'displayName',
  'autonomousDatabaseId',
  'autonomousContainerDatabaseId',
  'vmClusterId',
  'cloudVmClusterId',
  'exadbVmClusterId',
  'autonomousVmClusterId',
  'cloudAutonomousVmClusterId',
  'vaultId',
  'volumeId',
  'bootVolumeId',
  'volumeGroupId',
  'volumeName',
  'volumeGroupName',
  'fileSystemId',
  'deploymentId',
  'bdsInstanceId',
  'assetId',
  'timeCreated',
  'expirationTime',
  'timeExpiryScheduled',
  'timeAvailableTill',
  'lifecycleState',
  'lifecycleDetails',
  'status',
  'backupState',
  'backupType',
  'sourceType',
  'backupDestinationType',
  'recoveryWindow',
  'autoBackupsEnabled',
  'eventName',
  'description',
] as const;

export type DetailField = (typeof detailFields)[number];

export type EventData = { readonly [Field in (typeof dataFields)[number]]?: Scalar } & TagFields;
export type EventDetails = { readonly [Field in DetailField]?: Scalar };

export const checkData = scalarChecker<EventData>(dataFields);
export const checkDetails = scalarChecker<EventDetails>(detailFields);
