import { toIso } from '../../../../base/instants.js';
import { type AzureColumns, instantIn, numberIn } from '../../../../records/azure/azure-columns.js';
import type { AzureRow } from '../../../../records/azure/azure-row.js';
import { reasonWords } from '../../../../model/reasons/reason-words.js';
import { secondMs } from '../../../../base/time-units.js';
import type { BackupEvent, BackupTraits, ResourceRef } from '../../model/backup-event.js';
import { maxMessage } from '../event-fields.js';
import { type Equality, createValuePool } from '../value-pool.js';
import { traitsEquality } from '../read-traits.js';
import { itemOf, resourceOfItem } from './azure-item.js';
import { createJobTypes, statusOfJob } from './job-operations.js';
import { type VersionedRow, writingOf } from './versioned-row.js';

export type ReadJob =
  | { readonly kind: 'row'; readonly row: VersionedRow }
  | { readonly kind: 'ignored'; readonly eventType: string; readonly timeMs: number }
  | { readonly kind: 'rejected'; readonly reason: string };

/** As the service counts them. */
export const bytesPerMegabyte = 1024 * 1024;

const resourceEquality: Equality<ResourceRef> = {
  keyOf: (resource) => JSON.stringify(resource),
  isEqual: (a, b) =>
    a.resourceId === b.resourceId &&
    a.resourceType === b.resourceType &&
    a.resourceName === b.resourceName &&
    a.compartmentId === b.compartmentId &&
    a.compartmentName === b.compartmentName,
};

/**
 * Creates the reader of rows of jobs. Such a row has no end: it is the start and the duration. A job that is in progress,
 * or has no duration, has not ended.
 */
export function createJobReader(): (row: AzureRow, generatedMs: number) => ReadJob {
  const typeOf = createJobTypes();
  const sharedTraits = createValuePool(traitsEquality);
  const sharedResource = createValuePool(resourceEquality);
  return (row, generatedMs) => {
    const { columns } = row;
    const jobId = columns.get('jobuniqueid')?.toLowerCase();
    if (jobId === undefined) {
      return { kind: 'rejected', reason: reasonWords('azureNoId', { column: 'JobUniqueId' }) };
    }
    const operation = columns.get('joboperation') ?? 'Invalid';
    const startMs = instantIn(columns, 'jobstartdatetime');
    if (typeOf(operation, 'end').action === 'unrelated') {
      return {
        kind: 'ignored',
        eventType: `azure.${operation.toLowerCase()}`,
        timeMs: startMs ?? generatedMs,
      };
    }
    if (startMs === undefined) return { kind: 'rejected', reason: reasonWords('azureNoStart') };
    const { status, state, seconds } = resultOf(columns);
    const type = typeOf(operation, status === null ? 'begin' : 'end');
    const item = itemOf(columns);
    const resource = sharedResource(resourceOfItem(item));
    const isDeletion = type.action === 'deletion';
    const event: BackupEvent = {
      eventId: `${jobId}@${toIso(generatedMs)}`,
      type,
      timeMs: status === null ? startMs : startMs + Math.round((seconds ?? 0) * secondMs),
      // What is deleted is the data of the item, not a backup that has the job's id.
      subjectId: isDeletion ? resource.resourceId : jobId,
      resource,
      createdMs: isDeletion ? null : startMs,
      expiresMs: null,
      sizeBytes: sizeOf(columns),
      result: status === null ? { status: null, state } : { status, state },
      traits: sharedTraits(traitsOf(columns)),
      message: messageOf(columns),
      condition: null,
      principal: null,
      settings: null,
    };
    const tells = { kind: 'event', event } as const;
    return {
      kind: 'row',
      row: { key: `job ${jobId}`, ...writingOf(row, generatedMs), itemId: item.id, tells },
    };
  };
}

/** A job of which the duration is not known has not ended, unless it says that it failed or was canceled. */
function resultOf(columns: AzureColumns) {
  const state = columns.get('jobstatus') ?? null;
  const seconds = numberIn(columns, 'jobdurationinsecs');
  const status = state === null ? 'UNKNOWN' : statusOfJob(state);
  const isGood = status === 'SUCCEEDED' || status === 'SUCCEEDED_WITH_WARNINGS';
  return { status: seconds === null && isGood ? null : status, state, seconds };
}

function traitsOf(columns: AzureColumns): BackupTraits {
  return {
    backupType: columns.get('joboperationsubtype') ?? null,
    trigger: columns.get('adhocorscheduledjob') ?? null,
    destinationType: columns.get('backupstoragedestination') ?? columns.get('recoveryjobdestination') ?? null,
    recoveryWindowDays: null,
    autoBackupEnabled: null,
  };
}

/** What was transferred: of an incremental backup, what the backup added. */
function sizeOf(columns: AzureColumns): number | null {
  const megabytes = numberIn(columns, 'datatransferredinmb');
  return megabytes === null || megabytes === 0 ? null : Math.round(megabytes * bytesPerMegabyte);
}

function messageOf(columns: AzureColumns): string | null {
  const code = columns.get('jobfailurecode');
  return code === undefined || code.toLowerCase() === 'success' ? null : code.slice(0, maxMessage);
}
