import type { BackupJob } from '../../model/backup-job.js';
import type { Incident } from '../../model/incident.js';
import { type ResourceCompliance, controlNames } from '../../model/resource-compliance.js';
import { controlLabels, jobStatusLabels, outcomeLabels, verdictLabels } from '../labels.js';
import type { Column } from './sheet-writer.js';

/** Conversion of an ISO instant to the spreadsheet date of the report's zone. */
export type WallClock = (iso: string) => number;

/** The columns of each table, in their stable order. `zone` stands in the header of every time. */
export function reportColumns(zone: string, clock: WallClock) {
  const time = (iso: string | null): number | null => (iso === null ? null : clock(iso));
  return {
    exceptions: exceptionColumns(zone, time),
    resources: resourceColumns(zone, time),
    jobs: jobColumns(zone, time),
    incidents: incidentColumns(zone, time),
  };
}

type Time = (iso: string | null) => number | null;

/** Sentences of the controls that are not met, worst first. */
export function whyNot({ controls }: ResourceCompliance): string {
  const results = controlNames.map((name) => ({ name, ...controls[name] }));
  const bad = results.filter(({ verdict }) => verdict === 'NON_COMPLIANT');
  const unknown = results.filter(({ verdict }) => verdict === 'UNKNOWN');
  return [...bad, ...unknown].map(({ name, reason }) => `${controlLabels[name].words}: ${reason}`).join('\n');
}

const identity: readonly Column<ResourceCompliance>[] = [
  {
    header: 'Resource',
    meaning: 'Name of the protected resource, as its service writes it',
    kind: 'text',
    width: 26,
    value: (row) => row.resourceName,
  },
  { header: 'Type', meaning: 'Kind of resource', kind: 'text', width: 18, value: (row) => row.resourceType },
  {
    header: 'Compartment',
    meaning: 'Compartment that it lies in',
    kind: 'text',
    width: 18,
    value: (row) => row.compartmentName,
  },
  {
    header: 'Outcome',
    meaning: 'What became of the backups of the day, worst wins',
    kind: 'label',
    width: 15,
    value: (row) => outcomeLabels[row.outcome],
  },
  {
    header: 'Compliance',
    meaning: 'Non-compliant when any control is; unknown when none is and one is unknown',
    kind: 'label',
    width: 15,
    value: (row) => verdictLabels[row.compliance],
  },
];

function exceptionColumns(zone: string, time: Time): readonly Column<ResourceCompliance>[] {
  return [
    ...identity,
    {
      header: 'Why',
      meaning: 'Each control that is not met, with what was measured and what is demanded',
      kind: 'long-text',
      width: 64,
      value: whyNot,
    },
    {
      header: `Last success (${zone})`,
      meaning: 'End of the last successful backup before the cut-off',
      kind: 'time',
      width: 19,
      value: (row) => time(row.lastSuccessTime),
    },
    {
      header: `Last failure (${zone})`,
      meaning: 'End of the last failed attempt that was read',
      kind: 'time',
      width: 19,
      value: (row) => time(row.lastFailure?.time ?? null),
    },
    {
      header: 'Reason of last failure',
      meaning: 'In the words of the service',
      kind: 'long-text',
      width: 48,
      value: (row) => row.lastFailure?.message ?? null,
    },
    {
      header: 'Attempts',
      meaning: 'Backup attempts of the day',
      kind: 'count',
      width: 10,
      value: (row) => row.attempts,
    },
    { header: 'Owner', meaning: 'Who is to act', kind: 'text', width: 24, value: (row) => row.owner },
    {
      header: 'Resource OCID',
      meaning: 'Identifier in lower case',
      kind: 'text',
      width: 34,
      value: (row) => row.resourceId,
    },
  ];
}

function resourceColumns(zone: string, time: Time): readonly Column<ResourceCompliance>[] {
  return [
    ...identity,
    {
      header: 'Policy',
      meaning: 'Policy that it is judged by',
      kind: 'text',
      width: 18,
      value: (row) => row.policy,
    },
    {
      header: `Last success (${zone})`,
      meaning: 'End of the last successful backup before the cut-off',
      kind: 'time',
      width: 19,
      value: (row) => time(row.lastSuccessTime),
    },
    {
      header: 'Recovery point age (h:mm:ss)',
      meaning: 'Age of that backup at the cut-off',
      kind: 'duration',
      width: 16,
      value: (row) => row.recoveryPointAgeSeconds,
    },
    {
      header: 'Attempts',
      meaning: 'Backup attempts of the day',
      kind: 'count',
      width: 10,
      value: (row) => row.attempts,
    },
    ...controlNames.map((name): Column<ResourceCompliance> => ({
      header: controlLabels[name].words,
      meaning: controlLabels[name].asks,
      kind: 'label',
      width: 16,
      value: (row) => verdictLabels[row.controls[name].verdict],
    })),
    {
      header: `Last restore (${zone})`,
      meaning: 'Last successful restore that was read',
      kind: 'time',
      width: 19,
      value: (row) => time(row.lastRestoreTime),
    },
    {
      header: 'Findings',
      meaning: 'What else is to be known',
      kind: 'text',
      width: 40,
      value: (row) => row.findings.join('; ') || null,
    },
    { header: 'Owner', meaning: 'Who is to act', kind: 'text', width: 24, value: (row) => row.owner },
    {
      header: 'Resource OCID',
      meaning: 'Identifier in lower case',
      kind: 'text',
      width: 34,
      value: (row) => row.resourceId,
    },
  ];
}

function jobColumns(zone: string, time: Time): readonly Column<BackupJob>[] {
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

function incidentColumns(zone: string, time: Time): readonly Column<Incident>[] {
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
