import {
  type Fields,
  booleanField,
  durationField,
  textField,
  timeField,
} from '../../../../renderers/xlsx/binding/field.js';
import { jobStatuses, type BackupJob, type JobKind } from '../../model/backup-job.js';
import type { Incident } from '../../model/incident.js';
import type { BackupWording } from '../backup-wording.js';

const jobKinds: readonly JobKind[] = ['backup', 'copy', 'restore', 'unrecognised'];

export function jobFields(wording: BackupWording): Fields<BackupJob> {
  // Computed once: there may be half a million jobs.
  const statusWords = new Map(jobStatuses.map((status) => [status, wording.jobStatus(status).words]));
  const kindWords = new Map(jobKinds.map((kind) => [kind, wording.text(`workbook.jobKind.${kind}`)]));
  return {
    name: textField((row) => row.resourceName),
    type: textField((row) => row.resourceType),
    compartment: textField((row) => row.compartmentName),
    kind: textField((row) => kindWords.get(row.kind) ?? row.kind),
    status: textField((row) => statusWords.get(row.status) ?? row.status),
    state: textField((row) => row.state),
    started: timeField((row) => row.startTime),
    ended: timeField((row) => row.endTime),
    duration: durationField((row) => row.durationSeconds),
    backupType: textField((row) => row.backupType),
    trigger: textField((row) => row.trigger),
    reason: textField((row) => row.statusMessage),
    id: textField((row) => row.jobId),
    resourceId: textField((row) => row.resourceId),
    beginEvent: textField((row) => row.beginEventId),
    endEvent: textField((row) => row.endEventId),
    family: textField((row) => row.family),
    eventType: textField((row) => row.eventType),
    criticalEvents: textField((row) => row.criticalEventIds.join('; ') || null),
  };
}

export function incidentFields({ text: message }: BackupWording): Fields<Incident> {
  const yes = message('workbook.yes');
  const no = message('workbook.no');
  const states = { open: message('workbook.incident.open'), cleared: message('workbook.incident.cleared') };
  return {
    name: textField((row) => row.resourceName),
    type: textField((row) => row.resourceType),
    condition: textField((row) => row.condition),
    state: textField((row) => states[row.state]),
    bearsOnBackups: textField((row) => (row.bearsOnBackups ? yes : no)),
    isBackupFailure: booleanField((row) => row.bearsOnBackups),
    opened: timeField((row) => row.openedAt),
    lastSeen: timeField((row) => row.lastSeenAt),
    cleared: timeField((row) => row.clearedAt),
    description: textField((row) => row.description),
    id: textField((row) => row.resourceId),
    events: textField((row) => row.eventIds.join('; ')),
  };
}
