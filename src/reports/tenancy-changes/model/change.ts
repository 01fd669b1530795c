import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { instantSchema } from '../../../model/document-values.js';
import { auditResults } from '../../../records/audit/audit-result.js';
import { changeActions } from '../../../records/audit/change-action.js';

/** Name of the artefact that has every change of the day. */
export const changesFile = 'changes.ndjson.gz';

/** A line of changes.ndjson.gz, and what report.json lists. */
export const changeSchema = z
  .object({
    time: instantSchema.describe(
      'When it was called for; of an end whose begin is not known, when it ended.',
    ),
    endTime: instantSchema.nullable().describe('When it ended; null: it was running at the cut-off.'),
    service: z.string().describe('Service, as the type of the record writes it; empty: not known.'),
    eventName: z.string().describe('Operation of the API: DeleteBackup.'),
    action: z
      .enum(changeActions)
      .describe('What it did; other: the record has no verb, or its name says nothing.'),
    resourceId: z.string().nullable().describe('OCID in lower case; null: not told.'),
    resourceName: z.string().nullable().describe('Name; null: not told.'),
    resourceType: z.string().nullable().describe('Kind of the OCID: database; null: not known.'),
    compartmentId: z.string().nullable().describe('OCID in lower case; null: not told.'),
    compartmentName: z.string().nullable().describe('Name; null: not told.'),
    region: z.string().nullable().describe('Region of the OCIDs: us-ashburn-1; null: not known.'),
    principalName: z.string().nullable().describe('Who made the call; null: not told.'),
    principalId: z.string().nullable().describe('OCID of who made the call; null: not told.'),
    authType: z.string().nullable().describe('How the caller was authenticated; null: not told.'),
    ipAddress: z.string().nullable().describe('From where; null: not told.'),
    result: z
      .enum(auditResults)
      .describe(
        'refused: 401, 403 or 404; failed: any other 4xx or 5xx; unknown: no status, or still running.',
      ),
    status: z.string().nullable().describe('Status of HTTP; null: not told.'),
    message: z.string().nullable().describe('What the service answered; null: nothing.'),
    requestId: z.string().nullable().describe('Id of the request; null: not told.'),
    groupingId: z.string().nullable().describe('What begin and end have in common; null: not told.'),
    before: z.string().nullable().describe('Fields before, as JSON text, in part; null: not told.'),
    after: z.string().nullable().describe('Fields after, as JSON text, in part; null: not told.'),
    backupRelevant: z.boolean().describe('Whether the operation touches backups or what protects them.'),
    removesProtection: z
      .boolean()
      .describe('Whether the operation takes away a backup, or what protects or keeps backups.'),
    hasVerb: z.boolean().describe('Whether a record of it has a verb of HTTP.'),
    eventIds: z.array(z.string()).describe('Ids of its records in the evidence.'),
  })
  .meta({ id: 'change', description: 'One change: a call, or the begin and end of a long operation.' });

export type Change = DeepReadonly<z.infer<typeof changeSchema>>;

/** A change that took away a backup or a protection, or of which nobody knows that it did not. */
export function tookProtection({
  removesProtection,
  result,
}: Pick<Change, 'removesProtection' | 'result'>): boolean {
  return removesProtection && (result === 'succeeded' || result === 'unknown');
}

/** Whether it was still running at the cut-off. */
export function isStillRunning({ endTime }: Pick<Change, 'endTime'>): boolean {
  return endTime === null;
}
