import { familyEvents, isVolumeLike } from './family-events.js';
import type { Family, FleetMember } from './fleet-members.js';
import { type RawEvent, auditEvent, rawEvent } from './raw-event.js';
import {
  type CreationFact,
  type DeletionFact,
  type SettingFact,
  type TerminationFact,
  iso,
} from './reference-facts.js';

/** The end of what created a resource. */
export function creationRecord(
  { resourceId, told: { id, ms } }: CreationFact,
  member: FleetMember,
): RawEvent {
  const { creation, names } = familyEvents[member.family];
  const result = isVolumeLike(member.family)
    ? { status: 'operationSucceed' }
    : { lifecycleState: 'AVAILABLE' };
  const event = { id, time: iso(ms), resourceId, details: { ...names(member), ...result } };
  return rawEvent({ type: `${creation}${member.family === 'file-system' ? '' : '.end'}`, ...event });
}

/** @param family of the resource; undefined: it is a DB system */
export function terminationRecord(
  { resourceId, told: { id, ms }, isDone }: TerminationFact,
  family: Family | undefined,
): RawEvent {
  const operation =
    family === undefined ? 'databaseservice.terminatedbsystem' : familyEvents[family].termination;
  const phase = family === 'file-system' ? '' : '.end';
  // Of those that came to nothing there are two kinds: one failed, and one left all as it was.
  const word = isDone ? 'TERMINATED' : /[02468]$/.test(id) ? 'FAILED' : 'AVAILABLE';
  const status = isDone ? 'operationSucceed' : 'operationFailed';
  const details = family !== undefined && isVolumeLike(family) ? { status } : { lifecycleState: word };
  return rawEvent({ type: `${operation}${phase}`, id, time: iso(ms), resourceId, details });
}

export function deletionRecord(
  { backupId, told: { id, ms }, isDone }: DeletionFact,
  member: FleetMember,
): RawEvent {
  const { deletion, names } = familyEvents[member.family];
  const result = isVolumeLike(member.family)
    ? { status: isDone ? 'operationSucceed' : 'operationFailed' }
    : { lifecycleState: isDone ? 'DELETED' : 'FAILED' };
  // Many name the backup alone.
  const isResourceNamed = backupId === null || /[02468]$/.test(id);
  return rawEvent({
    type: `${deletion}${member.family === 'file-system' ? '' : '.end'}`,
    id,
    time: iso(ms),
    resourceId: backupId ?? member.resourceId,
    details: { ...(isResourceNamed ? names(member) : {}), ...result },
  });
}

export function settingRecord(
  { told: { id, ms }, isDone, recoveryWindowDays, autoBackupEnabled }: SettingFact,
  { resourceId, family }: FleetMember,
): RawEvent {
  const time = iso(ms);
  if (isVolumeLike(family)) {
    const operation = autoBackupEnabled === true ? 'Create' : 'Delete';
    return auditEvent({
      type: `BlockVolumes.${operation}VolumeBackupPolicyAssignment`,
      id,
      time,
      resourceId: `ocid1.volumebackuppolicyassignment.oc1.iad.${id}`,
      details: { assetId: resourceId, policyId: 'ocid1.volumebackuppolicy.oc1..gold' },
    });
  }
  return rawEvent({
    type: 'databaseservice.updatedatabase.end',
    id,
    time,
    resourceId,
    details: {
      databaseId: resourceId,
      ...(recoveryWindowDays === null ? {} : { recoveryWindow: String(recoveryWindowDays) }),
      ...(autoBackupEnabled === null ? {} : { autoBackupsEnabled: String(autoBackupEnabled) }),
      lifecycleState: isDone ? 'AVAILABLE' : 'FAILED',
    },
  });
}
