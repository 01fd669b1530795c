import { ocidKind } from '../../../model/resource-types.js';
import type { Family } from '../model/event-type.js';
import type { DetailField } from './event-fields.js';

/** Where a family of events names its protected resource and its result. */
export interface FamilyRules {
  /** Type of the protected resource, if its OCID does not say. */
  readonly resourceType: string;
  /** Fields of additionalDetails that hold the protected resource's OCID, best first. */
  readonly idFields: readonly DetailField[];
  /** Fields of additionalDetails that hold its name, best first. */
  readonly nameFields: readonly DetailField[];
  /** Field of additionalDetails with the name that the service keeps unique, if there is one; never a display name. */
  readonly uniqueNameField?: DetailField;
  /** Where the result of an attempt is, best first; later fields can only make it worse. */
  readonly resultFields: readonly ResultField[];
}

/** `dataStatus` is data.status; the others are fields of additionalDetails. */
export type ResultField = 'lifecycleState' | 'status' | 'dataStatus' | 'backupState';

const lifecycleFirst = ['lifecycleState', 'status', 'dataStatus', 'backupState'] as const;
const statusFirst = ['status', 'dataStatus', 'backupState', 'lifecycleState'] as const;

/** Sources: Oracle's event reference of each service, and the field map of the public log-source parser. */
export const familyRules: Readonly<Record<Family, FamilyRules>> = {
  database: {
    resourceType: 'database',
    idFields: ['databaseId'],
    nameFields: ['dbUniqueName', 'dbName'],
    uniqueNameField: 'dbUniqueName',
    resultFields: lifecycleFirst,
  },
  'autonomous-database': {
    resourceType: 'autonomous-database',
    idFields: ['autonomousDatabaseId'],
    nameFields: ['dbName', 'displayName', 'dbUniqueName'],
    uniqueNameField: 'dbUniqueName',
    resultFields: lifecycleFirst,
  },
  'autonomous-container-database': {
    resourceType: 'autonomous-container-database',
    idFields: ['autonomousContainerDatabaseId'],
    nameFields: ['displayName', 'dbUniqueName', 'dbName'],
    uniqueNameField: 'dbUniqueName',
    resultFields: lifecycleFirst,
  },
  'block-volume': {
    resourceType: 'volume',
    idFields: ['volumeId', 'bootVolumeId', 'volumeGroupId'],
    nameFields: ['volumeName', 'volumeGroupName'],
    resultFields: statusFirst,
  },
  mysql: {
    resourceType: 'mysql-db-system',
    idFields: ['dbSystemId'],
    nameFields: ['dbSystemName', 'displayName'],
    resultFields: lifecycleFirst,
  },
  postgresql: {
    resourceType: 'postgresql-db-system',
    idFields: ['dbSystemId'],
    nameFields: ['dbSystemName', 'displayName'],
    resultFields: lifecycleFirst,
  },
  'file-storage': {
    resourceType: 'file-system',
    idFields: ['fileSystemId'],
    nameFields: ['displayName'],
    resultFields: lifecycleFirst,
  },
  goldengate: {
    resourceType: 'goldengate-deployment',
    idFields: ['deploymentId'],
    nameFields: ['displayName'],
    resultFields: lifecycleFirst,
  },
  'key-management': {
    resourceType: 'key',
    idFields: [],
    nameFields: ['displayName'],
    resultFields: lifecycleFirst,
  },
  'big-data': {
    resourceType: 'big-data-cluster',
    idFields: ['bdsInstanceId'],
    nameFields: ['displayName'],
    resultFields: lifecycleFirst,
  },
  'recovery-service': {
    resourceType: 'protected-database',
    idFields: ['databaseId'],
    nameFields: ['dbUniqueName'],
    uniqueNameField: 'dbUniqueName',
    resultFields: lifecycleFirst,
  },
  'application-data-platform': {
    resourceType: 'pod-database',
    idFields: [],
    nameFields: ['displayName'],
    resultFields: lifecycleFirst,
  },
  // Its rows are no events of Oracle's: events/azure reads them.
  'azure-backup': { resourceType: 'azure-backup-item', idFields: [], nameFields: [], resultFields: [] },
  unknown: {
    resourceType: 'unknown',
    idFields: [
      'databaseId',
      'autonomousDatabaseId',
      'autonomousContainerDatabaseId',
      'volumeId',
      'bootVolumeId',
      'volumeGroupId',
      'fileSystemId',
      'dbSystemId',
    ],
    nameFields: ['dbUniqueName', 'volumeName', 'dbName', 'displayName'],
    uniqueNameField: 'dbUniqueName',
    resultFields: lifecycleFirst,
  },
};

/** Second segment of an OCID -> type of what resources are in; it is not protected on its own. */
const parentKinds: Readonly<Record<string, string>> = {
  dbsystem: 'db-system',
  vmcluster: 'vm-cluster',
  cloudvmcluster: 'vm-cluster',
  exadbvmcluster: 'vm-cluster',
  autonomousvmcluster: 'autonomous-vm-cluster',
  cloudautonomousvmcluster: 'autonomous-vm-cluster',
};

/** Type of the resource with this OCID, if resources are in it that can be protected. */
export function parentType(id: string): string | undefined {
  return parentKinds[ocidKind(id)];
}

/** Type of the resource that the family's unique name is the name of. */
export function uniquelyNamedType(family: Family): string {
  const { resourceType } = familyRules[family];
  // What Recovery Service protects, and what a type that we do not know backs up under such a name, is a database.
  return family === 'recovery-service' || family === 'unknown' ? 'database' : resourceType;
}
