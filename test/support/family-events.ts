import type { Family, FleetMember } from './fleet-members.js';

/** Types of the events of a family, without `.begin` and `.end`. */
interface FamilyEvents {
  readonly backup: string;
  readonly restore: string;
  readonly creation: string;
  readonly deletion: string;
  readonly termination: string;
  /** The protected resource, as its events name it. */
  readonly names: (member: FleetMember) => Readonly<Record<string, string>>;
}

const volumeEvents = {
  backup: 'blockvolumes.createvolumebackup',
  restore: 'blockvolumes.createvolumebackup',
  creation: 'blockvolumes.createvolume',
  deletion: 'blockvolumes.deletevolumebackup',
  termination: 'blockvolumes.deletevolume',
} as const;

const autonomousEvents = {
  backup: 'databaseservice.automaticbackupautonomousdatabase',
  restore: 'databaseservice.autonomous.database.restore',
  creation: 'databaseservice.autonomous.database.instance.create',
  deletion: 'databaseservice.deleteautonomousdatabasebackup',
  termination: 'databaseservice.deleteautonomousdatabase',
  names: ({ name }: FleetMember) => ({ dbName: name }),
} as const;

export const familyEvents: Readonly<Record<Family, FamilyEvents>> = {
  database: {
    backup: 'databaseservice.automaticbackupdatabase',
    restore: 'databaseservice.restoredatabase',
    creation: 'databaseservice.createdatabase',
    deletion: 'databaseservice.deletebackup',
    termination: 'databaseservice.database.terminate',
    names: ({ resourceId, name }) => ({ databaseId: resourceId, dbUniqueName: name }),
  },
  autonomous: autonomousEvents,
  'autonomous-by-call': { ...autonomousEvents, backup: 'databaseservice.autonomous.database.backup' },
  volume: {
    ...volumeEvents,
    names: ({ resourceId, name }) => ({ volumeId: resourceId, volumeName: name }),
  },
  'boot-volume': {
    ...volumeEvents,
    backup: 'blockvolumes.createbootvolumebackup',
    creation: 'blockvolumes.createbootvolume',
    deletion: 'blockvolumes.deletebootvolumebackup',
    termination: 'blockvolumes.deletebootvolume',
    names: ({ resourceId, name }) => ({ bootVolumeId: resourceId, volumeName: name }),
  },
  'volume-group': {
    ...volumeEvents,
    backup: 'blockvolumes.createvolumegroupbackup',
    creation: 'blockvolumes.createvolumegroup',
    deletion: 'blockvolumes.deletevolumegroupbackup',
    termination: 'blockvolumes.deletevolumegroup',
    names: ({ resourceId, name }) => ({ volumeGroupId: resourceId, volumeGroupName: name }),
  },
  mysql: {
    backup: 'mysqlaas.createbackup',
    restore: 'mysqlaas.createbackup',
    creation: 'mysqlaas.createdbsystem',
    deletion: 'mysqlaas.deletebackup',
    termination: 'mysqlaas.deletedbsystem',
    names: ({ resourceId, name }) => ({ dbSystemId: resourceId, dbSystemName: name }),
  },
  'file-system': {
    backup: 'filestorage.createsnapshot',
    restore: 'filestorage.createsnapshot',
    creation: 'filestorage.createfilesystem',
    deletion: 'filestorage.deletesnapshot',
    termination: 'filestorage.deletefilesystem',
    names: ({ resourceId, name }) => ({ fileSystemId: resourceId, displayName: name }),
  },
};

/** Whether its events tell a result as `status`, not as `lifecycleState`. */
export function isVolumeLike(family: Family): boolean {
  return family === 'volume' || family === 'boot-volume' || family === 'volume-group';
}
