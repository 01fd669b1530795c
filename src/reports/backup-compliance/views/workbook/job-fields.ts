import { jobStatuses, type BackupJob, type JobKind } from '../../model/backup-job.js';
import type { Incident } from '../../model/incident.js';
import type { Wording } from '../../../../renderers/view/wording.js';
import { type Fields, boolean, duration, text, time } from '../../../../renderers/xlsx/binding/field.js';

const jobKinds: readonly JobKind[] = ['backup', 'copy', 'restore', 'unrecognised'];

export function jobFields(wording: Wording): Fields<BackupJob> {
  // Said once: there may be half a million jobs.
  const statusWords = new Map(jobStatuses.map((status) => [status, wording.jobStatus(status).words]));
  const kindWords = new Map(jobKinds.map((kind) => [kind, wording.text(`workbook.jobKind.${kind}`)]));
  return {
    name: text((row) => row.resourceName),
    type: text((row) => row.resourceType),
    compartment: text((row) => row.compartmentName),
    kind: text((row) => kindWords.get(row.kind) ?? row.kind),
    status: text((row) => statusWords.get(row.status) ?? row.status),
    state: text((row) => row.state),
    started: time((row) => row.startTime),
    ended: time((row) => row.endTime),
    duration: duration((row) => row.durationSeconds),
    backupType: text((row) => row.backupType),
    trigger: text((row) => row.trigger),
    reason: text((row) => row.statusMessage),
    id: text((row) => row.jobId),
    resourceId: text((row) => row.resourceId),
    beginEvent: text((row) => row.beginEventId),
    endEvent: text((row) => row.endEventId),
    family: text((row) => row.family),
    eventType: text((row) => row.eventType),
    criticalEvents: text((row) => row.criticalEventIds.join('; ') || null),
  };
}

export function incidentFields({ text: message }: Wording): Fields<Incident> {
  const yes = message('workbook.yes');
  const no = message('workbook.no');
  const states = { open: message('workbook.incident.open'), cleared: message('workbook.incident.cleared') };
  return {
    name: text((row) => row.resourceName),
    type: text((row) => row.resourceType),
    condition: text((row) => row.condition),
    state: text((row) => states[row.state]),
    bearsOnBackups: text((row) => (row.bearsOnBackups ? yes : no)),
    isBackupFailure: boolean((row) => row.bearsOnBackups),
    opened: time((row) => row.openedAt),
    lastSeen: time((row) => row.lastSeenAt),
    cleared: time((row) => row.clearedAt),
    description: text((row) => row.description),
    id: text((row) => row.resourceId),
    events: text((row) => row.eventIds.join('; ')),
  };
}
