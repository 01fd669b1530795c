import type { ProtectedResource } from '../../src/model/protected-resource.js';
import { type RawEvent, rawEvent, volumeEvent } from './raw-event.js';

export const groupId = 'ocid1.volumegroup.oc1.iad.erp';
export const otherGroupId = 'ocid1.volumegroup.oc1.iad.crm';
export const memberId = 'ocid1.volume.oc1.iad.data01';

interface GroupEvent {
  readonly groupId?: string;
  readonly groupName?: string;
  readonly failed?: boolean;
  /** Last part of the backup's OCID. */
  readonly backup?: string;
  readonly created?: string;
}

/** An event of a backup of the volume group `erp` unless told otherwise. */
export function groupEvent(phase: 'begin' | 'end', time: string, over: GroupEvent = {}): RawEvent {
  const state = over.failed === true ? 'operationFailed' : 'operationSucceed';
  return rawEvent({
    type: `blockvolumes.createvolumegroupbackup.${phase}`,
    time,
    resourceId: `ocid1.volumegroupbackup.oc1.iad.${over.backup ?? time.slice(0, 10)}`,
    details: {
      volumeGroupId: over.groupId ?? groupId,
      volumeGroupName: over.groupName ?? 'erp',
      ...(over.created === undefined ? {} : { timeCreated: over.created }),
      ...(phase === 'end' ? { status: state } : {}),
    },
  });
}

/** A backup of the volume group that ran for ten minutes. */
export function groupBackup(time: string, over: GroupEvent = {}): readonly RawEvent[] {
  const end = new Date(Date.parse(time) + 600_000).toISOString();
  return [groupEvent('begin', time, over), groupEvent('end', end, { backup: time.slice(0, 10), ...over })];
}

/** A backup of the member alone. */
export function memberBackup(time: string, failed = false): RawEvent {
  return volumeEvent('end', time, {
    resourceId: `ocid1.volumebackup.oc1.iad.${time}`,
    details: failed ? { status: 'operationFailed', backupState: 'FAULTY' } : {},
  });
}

/** The volume group is gone. */
export function groupTermination(time: string): RawEvent {
  return rawEvent({
    type: 'blockvolumes.deletevolumegroup.end',
    time,
    resourceId: groupId,
    resourceName: 'erp',
    details: { status: 'operationSucceed' },
  });
}

/** The member as an inventory lists it. */
export function member(over: Partial<ProtectedResource> = {}): Partial<ProtectedResource> {
  return { resourceId: memberId, resourceType: 'volume', resourceName: 'data01', memberOf: groupId, ...over };
}

/** The group as an inventory lists it. */
export function group(over: Partial<ProtectedResource> = {}): Partial<ProtectedResource> {
  return { resourceId: groupId, resourceType: 'volume-group', resourceName: 'erp', ...over };
}
