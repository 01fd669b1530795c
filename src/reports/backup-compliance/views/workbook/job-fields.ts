import {
  type Fields,
  durationField,
  numberField,
  textField,
  timeField,
} from '../../../../renderers/xlsx/binding/field.js';
import { jobStatuses, type BackupJob, type JobKind } from '../../model/backup-job.js';
import type { DailyReport } from '../../model/daily-report.js';
import { regionOf } from '../../model/named-resource.js';
import type { BackupWording } from '../backup-wording.js';

const jobKinds: readonly JobKind[] = ['backup', 'copy', 'restore', 'unrecognised'];

/** A job, and what the report knows of its resource. */
export interface JobRow {
  readonly job: BackupJob;
  /** null: the report does not have the resource. */
  readonly resource: JobResource | null;
}

interface JobResource {
  readonly compartmentId: string | null;
  readonly owner: string | null;
  /** Absent: it is not judged. */
  readonly policy?: string;
}

/** As Oracle counts: 1 GB is 1024 MB. To a thousandth of a MB: the shipped workbook shows three decimal places. */
function gigabytes(bytes: number | undefined): number | null {
  return bytes === undefined ? null : Math.round((bytes / 1024 ** 3) * 1e6) / 1e6;
}

/** Creates the rows of jobs. */
export function jobRows(report: DailyReport): (job: unknown) => JobRow {
  const { resources, notInInventory, excludedResources } = report;
  const known = new Map<string, JobResource>();
  for (const each of [...notInInventory, ...excludedResources, ...resources])
    known.set(each.resourceId, each);
  return (line) => {
    // The lines are what this kind made.
    const job = line as BackupJob;
    return { job, resource: known.get(job.resourceId) ?? null };
  };
}

export function jobFields(wording: BackupWording): Fields<JobRow> {
  // Computed once: there may be half a million jobs.
  const statusWords = new Map(jobStatuses.map((status) => [status, wording.jobStatus(status).words]));
  const kindWords = new Map(jobKinds.map((kind) => [kind, wording.text(`workbook.jobKind.${kind}`)]));
  return {
    name: textField(({ job }) => job.resourceName),
    type: textField(({ job }) => wording.resourceType(job.resourceType)),
    region: textField(({ job }) => regionOf(job.resourceId) ?? regionOf(job.jobId)),
    compartment: textField(({ job }) => job.compartmentName),
    compartmentId: textField(({ resource }) => resource?.compartmentId ?? null),
    policy: textField(({ resource }) => resource?.policy ?? null),
    owner: textField(({ resource }) => resource?.owner ?? null),
    kind: textField(({ job }) => kindWords.get(job.kind) ?? job.kind),
    status: textField(({ job }) => statusWords.get(job.status) ?? job.status),
    state: textField(({ job }) => job.state),
    started: timeField(({ job }) => job.startTime),
    ended: timeField(({ job }) => job.endTime),
    duration: durationField(({ job }) => job.durationSeconds),
    backupType: textField(({ job }) => job.backupType),
    trigger: textField(({ job }) => job.trigger),
    destination: textField(({ job }) => job.destination ?? null),
    size: numberField(({ job }) => gigabytes(job.sizeBytes)),
    expires: timeField(({ job }) => job.expires ?? null),
    reason: textField(({ job }) => job.statusMessage),
    id: textField(({ job }) => job.jobId),
    resourceId: textField(({ job }) => job.resourceId),
    beginEvent: textField(({ job }) => job.beginEventId),
    endEvent: textField(({ job }) => job.endEventId),
    family: textField(({ job }) => job.family),
    eventType: textField(({ job }) => job.eventType),
    criticalEvents: textField(({ job }) => job.criticalEventIds.join('; ') || null),
  };
}
