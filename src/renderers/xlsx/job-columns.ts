import type { BackupJob } from '../../model/backup-job.js';
import type { Incident } from '../../model/incident.js';
import { jobStatusLabels } from '../labels.js';
import type { CellTimes } from './cell-times.js';
import type { Column } from './column.js';

export function jobColumns({ zone, time }: CellTimes): readonly Column<BackupJob>[] {
  return [
    {
      header: 'Resource',
      meaning: 'Name of the protected resource',
      kind: 'text',
      width: 26,
      value: (row) => row.resourceName,
    },
    {
      header: 'Type',
      meaning: 'Kind of resource',
      kind: 'text',
      width: 18,
      value: (row) => row.resourceType,
    },
    {
      header: 'Compartment',
      meaning: 'Compartment that it lies in',
      kind: 'text',
      width: 18,
      value: (row) => row.compartmentName,
    },
    {
      header: 'Kind',
      meaning: 'backup, copy or restore; only a backup is a recovery point',
      kind: 'text',
      width: 12,
      value: (row) => row.kind,
    },
    {
      header: 'Status',
      meaning: 'How the attempt ended',
      kind: 'label',
      width: 14,
      value: (row) => jobStatusLabels[row.status],
    },
    {
      header: 'State as reported',
      meaning: "The source's own word",
      kind: 'text',
      width: 18,
      value: (row) => row.state,
    },
    {
      header: `Started (${zone})`,
      meaning: 'Time of the begin event, or of creation',
      kind: 'time',
      width: 19,
      value: (row) => time(row.startTime),
    },
    {
      header: `Ended (${zone})`,
      meaning: 'Time of the end event',
      kind: 'time',
      width: 19,
      value: (row) => time(row.endTime),
    },
    {
      header: 'Duration (h:mm:ss)',
      meaning: 'From start to end',
      kind: 'duration',
      width: 14,
      value: (row) => row.durationSeconds,
    },
    {
      header: 'Backup type',
      meaning: 'Full, incremental …, as reported',
      kind: 'text',
      width: 14,
      value: (row) => row.backupType,
    },
    {
      header: 'Trigger',
      meaning: 'What started it, as reported',
      kind: 'text',
      width: 12,
      value: (row) => row.trigger,
    },
    {
      header: 'Reason',
      meaning: 'In the words of the service',
      kind: 'text',
      width: 48,
      value: (row) => row.statusMessage,
    },
    {
      header: 'Job OCID',
      meaning: "The backup's own identifier",
      kind: 'text',
      width: 34,
      value: (row) => row.jobId,
    },
    {
      header: 'Resource OCID',
      meaning: 'Identifier of the resource in lower case',
      kind: 'text',
      width: 34,
      value: (row) => row.resourceId,
    },
    {
      header: 'Begin event',
      meaning: 'Event id; finds the record in events.ndjson.gz',
      kind: 'text',
      width: 38,
      value: (row) => row.beginEventId,
    },
    {
      header: 'End event',
      meaning: 'Event id; finds the record in events.ndjson.gz',
      kind: 'text',
      width: 38,
      value: (row) => row.endEventId,
    },
  ];
}

export function incidentColumns({ zone, time }: CellTimes): readonly Column<Incident>[] {
  return [
    {
      header: 'Resource',
      meaning: 'Name of the resource',
      kind: 'text',
      width: 26,
      value: (row) => row.resourceName,
    },
    {
      header: 'Condition',
      meaning: "Oracle's name of the condition",
      kind: 'text',
      width: 44,
      value: (row) => row.condition,
    },
    {
      header: 'State',
      meaning: 'At the cut-off',
      kind: 'label',
      width: 12,
      value: (row) => incidentLabel(row),
    },
    {
      header: 'Bears on backups',
      meaning: 'Backup failures count; other conditions are context',
      kind: 'text',
      width: 12,
      value: (row) => (row.bearsOnBackups ? 'yes' : 'no'),
    },
    {
      header: `Opened (${zone})`,
      meaning: 'First critical event; empty where only the clearing was seen',
      kind: 'time',
      width: 19,
      value: (row) => time(row.openedAt),
    },
    {
      header: `Last seen (${zone})`,
      meaning: 'Last notice of it',
      kind: 'time',
      width: 19,
      value: (row) => time(row.lastSeenAt),
    },
    {
      header: `Cleared (${zone})`,
      meaning: 'Event that closed it',
      kind: 'time',
      width: 19,
      value: (row) => time(row.clearedAt),
    },
    {
      header: 'Description',
      meaning: 'In the words of the service',
      kind: 'long-text',
      width: 60,
      value: (row) => row.description,
    },
    {
      header: 'Resource OCID',
      meaning: 'Identifier in lower case',
      kind: 'text',
      width: 34,
      value: (row) => row.resourceId,
    },
  ];
}

function incidentLabel({ state, bearsOnBackups }: Incident) {
  if (state === 'cleared') return { words: 'Cleared', tone: 'quiet' } as const;
  return { words: 'Open', tone: bearsOnBackups ? 'bad' : 'warn' } as const;
}
