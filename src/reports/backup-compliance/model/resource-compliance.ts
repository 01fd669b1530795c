import { z } from 'zod';
import { clouds } from '../../../model/resource-types.js';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { countSchema, dateSchema, instantSchema } from '../../../model/document-values.js';
import { severities } from '../../../model/severity.js';
import { heldSettingsSchema } from './held-settings.js';
import { resourceRefSchema } from './backup-event.js';
import { backupTypes } from './backup-type.js';
import { lifeSchema } from './life-cycle.js';
import { trendDays } from './trend-days.js';
import { witnessSchema } from './witness.js';
import { type ControlName, controlNames, outcomes, verdicts } from './verdict.js';

export const verdictSchema = z.enum(verdicts).meta({
  id: 'verdict',
  description:
    'COMPLIANT: met. NON_COMPLIANT: not met. NOT_APPLICABLE: nothing is demanded. UNKNOWN: cannot be said.',
});

export const outcomeSchema = z
  .enum(outcomes)
  .meta({ id: 'outcome', description: 'What became of the backups of the day, worst first.' });

export const severitySchema = z.enum(severities).meta({
  id: 'severity',
  description: 'How much it matters that a resource is not compliant, worst first.',
});

export const controlNameSchema = z
  .enum(controlNames)
  .meta({ id: 'controlName', description: 'One check with its own verdict.' });

export const controlResultSchema = z
  .object({
    verdict: verdictSchema.describe('The verdict.'),
    reason: z.string().describe('A sentence that a person can act on.'),
    measured: z
      .string()
      .nullable()
      .describe('What was measured, with its unit; null where there was nothing to measure.'),
    threshold: z.string().nullable().describe('What it was held against; null where nothing is demanded.'),
    measuredSeconds: z
      .number()
      .min(0)
      .nullable()
      .optional()
      .describe('What was measured in seconds, unrounded; null where it is no length of time.'),
    thresholdSeconds: z
      .number()
      .min(0)
      .nullable()
      .optional()
      .describe('What it was held against in seconds, unrounded; null where it is no length of time.'),
    demandedBy: z
      .string()
      .nullable()
      .describe('Who demands it, as policy production-databases; null where nothing is demanded.'),
  })
  .meta({ id: 'controlResult', description: 'Result of one control for one resource.' });

export type ControlResult = DeepReadonly<z.infer<typeof controlResultSchema>>;

const controlsSchema = z.object({
  'recovery-point-age': controlResultSchema.describe(
    'Whether the last successful backup is young enough at the cut-off.',
  ),
  'backup-succeeded': controlResultSchema.describe('Whether every backup that was due succeeded.'),
  'no-open-incident': controlResultSchema.describe(
    'Whether no backup failure incident is open at the cut-off.',
  ),
  retention: controlResultSchema.describe('Whether backups are kept as long as the policy demands.'),
  'protection-enabled': controlResultSchema.describe('Whether automatic backup is on, or a policy assigned.'),
  duration: controlResultSchema.describe('Whether the jobs ended within the maximum duration.'),
  'no-early-deletion': controlResultSchema.describe(
    'Whether no backup was deleted before its retention ended.',
  ),
  'restore-tested': controlResultSchema.describe('Whether the last successful restore is young enough.'),
} satisfies Record<ControlName, unknown>);

const appliedWaiverSchema = z
  .object({
    reason: z.string().describe('Why it was granted.'),
    ticket: z.string().nullable().describe('Where it was asked for.'),
    approvedBy: z.string().describe('Who granted it.'),
    expires: dateSchema.describe('Last report day that it holds for.'),
    daysLeft: countSchema.describe('From the report day to the last one.'),
  })
  .meta({
    id: 'appliedWaiver',
    description: 'A waiver that holds for a resource on the report day. It changes no verdict.',
  });

export type AppliedWaiver = DeepReadonly<z.infer<typeof appliedWaiverSchema>>;

export const backupTypeSchema = z.enum(backupTypes).meta({
  id: 'backupType',
  description:
    'Kind of backup. untold: the service did not say; other: it said something else. copy, restore, unrecognised: no backup.',
});

const lastFailureSchema = z
  .object({
    time: instantSchema.describe('When it failed.'),
    message: z.string().nullable().describe('In the words of the service.'),
  })
  .meta({ id: 'lastFailure', description: 'The last failed attempt.' });

export type LastFailure = DeepReadonly<z.infer<typeof lastFailureSchema>>;

const lastKnownSchema = z
  .object({
    recoveryWindowDays: z.number().nullable().describe('Recovery window in days.'),
    autoBackupEnabled: z.boolean().nullable().describe('Whether automatic backup was on.'),
    told: instantSchema.nullable().describe('When the event was that told these two.'),
    seen: instantSchema.nullable().describe('When the last event about it was.'),
    terminated: instantSchema.nullable().describe('When it was terminated, or what it was in.'),
    life: lifeSchema
      .optional()
      .describe('What events said of its life; absent where none did, and in reports of version 0.1.'),
    sources: z
      .array(witnessSchema)
      .optional()
      .describe(
        'Sources that told of its last success, of its last attempt while it has none; absent: not known.',
      ),
    held: heldSettingsSchema
      .optional()
      .describe('What updates of its settings have set; absent where none has since it was told otherwise.'),
  })
  .meta({ id: 'lastKnown', description: 'What the events last said about a resource.' });

export type LastKnown = DeepReadonly<z.infer<typeof lastKnownSchema>>;

const recoveryPointsSchema = z
  .object({
    count: countSchema.describe('How many. Backups of logs are not counted beside others.'),
    newest: instantSchema.nullable().describe('End of the newest; null: none is known.'),
    oldest: instantSchema.nullable().describe('End of the oldest; null: none is known.'),
    newestBytes: countSchema
      .optional()
      .describe('Size of the newest in bytes, as its service told it; absent: not told.'),
  })
  .meta({
    id: 'recoveryPoints',
    description:
      'Successful backups that are known to this program and were neither deleted nor have expired by the cut-off; there may be older ones.',
  });

const ofBackupTypeSchema = z
  .object({
    type: backupTypeSchema.describe('Kind of backup.'),
    lastSuccess: instantSchema
      .nullable()
      .describe(
        'End of the newest successful one that was neither deleted nor has expired; null: none is known.',
      ),
    attempts: countSchema.describe('Attempts of the day.'),
    failed: countSchema.describe('Of them, those that failed.'),
  })
  .meta({ id: 'ofBackupType', description: 'The backups of one type of one resource.' });

const groupMembershipSchema = z
  .object({
    resourceId: z.string().describe('OCID of the volume group in lower case.'),
    resourceName: z.string().describe('Name of the volume group.'),
    since: instantSchema
      .nullable()
      .describe(
        'Start of the first report day that knew of it; null: it was known from the first report on.',
      ),
  })
  .meta({ id: 'groupMembership', description: 'The volume group that a volume is in.' });

/** A backup of the group that began before `since` need not have the volume in it. */
export type GroupMembership = DeepReadonly<z.infer<typeof groupMembershipSchema>>;

/** Facts of any resource, judged or not: its identity, who acts on it, and what its events say. */
export const resourceFactsSchema = resourceRefSchema.extend({
  owner: z.string().nullable().describe('Who is to act: as the inventory says, else the policy.'),
  outcome: outcomeSchema.describe('What became of its backups on the day.'),
  attempts: countSchema.describe('Backup attempts of the day.'),
  lastSuccessTime: instantSchema.nullable().describe('End of the last successful backup before the cut-off.'),
  lastFailure: lastFailureSchema.nullable().describe('Last failed attempt that was read.'),
  lastRestoreTime: instantSchema.nullable().describe('End of the last successful restore that was read.'),
  lastKnown: lastKnownSchema.describe('As its events last said; the next report starts from here.'),
  volumeGroup: groupMembershipSchema
    .nullable()
    .optional()
    .describe('Volume group that it is in; absent where none is known.'),
});

const azurePlaceSchema = z.object({
  subscriptionId: z.string().nullable().describe('Subscription of its vault.'),
  resourceGroup: z.string().nullable().describe('Resource group of its vault, in lower case.'),
  vault: z.string().nullable().describe('Name of the vault that backs it up.'),
  region: z.string().nullable().describe('Region, as westeurope.'),
});

export const resourceComplianceSchema = resourceFactsSchema
  .extend({
    cloud: z
      .enum(clouds)
      .optional()
      .describe('Cloud that it is in. Where all resources are in OCI, it is absent.'),
    azure: azurePlaceSchema.optional().describe('Where it is in Azure; absent: it is not there.'),
    storedBytes: countSchema
      .optional()
      .describe('Storage that its backups use, as its vault tells; absent: not told. It is not judged.'),
    policy: z.string().describe('Name of the policy that it is judged by; default where none matched.'),
    severity: severitySchema.describe('How much it matters, as the policy says.'),
    compliance: verdictSchema.describe(
      'NON_COMPLIANT when any control is; UNKNOWN when none is and one is unknown.',
    ),
    controls: controlsSchema.describe('Every control with its result.'),
    recoveryPointAgeSeconds: z
      .number()
      .min(0)
      .nullable()
      .describe(
        'Age at the cut-off of the newest successful backup that is there: neither deleted nor expired. null: none is known.',
      ),
    recoveryPoints: recoveryPointsSchema
      .optional()
      .describe('What is left of its backups at the cut-off; absent in reports of older versions.'),
    byBackupType: z
      .array(ofBackupTypeSchema)
      .optional()
      .describe(
        'Its backups by type; a type that is not there has none, of the day or left. Absent in reports of older versions.',
      ),
    openIncident: z
      .object({
        condition: z.string().describe("Oracle's name of the condition."),
        since: instantSchema.describe('When it was opened.'),
      })
      .nullable()
      .describe('Of the incidents that count against it, the one that has been open longest.'),
    consecutiveBadDays: countSchema.describe(
      'Reports in a row, this one included, that found it non-compliant or unknown; 0: it is neither.',
    ),
    badSince: dateSchema.nullable().describe('Date of the first of them.'),
    waiver: appliedWaiverSchema
      .nullable()
      .describe('Waiver that holds for it on the report day; it changes no verdict.'),
    findings: z.array(z.string()).describe('What else is to be known, in sentences.'),
    recentOutcomes: z
      .array(outcomeSchema.nullable())
      .max(trendDays)
      .describe(
        'Outcomes of the last 14 days, oldest first, the last is the report day; null where there is none.',
      ),
    firstReported: dateSchema.describe('Date of the first report that it was in.'),
  })
  .meta({ id: 'resource', description: 'One protected resource and its verdict.' });

export type ResourceCompliance = DeepReadonly<z.infer<typeof resourceComplianceSchema>>;
