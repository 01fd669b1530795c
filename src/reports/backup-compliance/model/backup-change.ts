import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { instantSchema } from '../../../model/document-values.js';
import { resourceNameShape } from './backup-event.js';

const settingValuesSchema = z
  .object({
    enabled: z
      .boolean()
      .nullable()
      .describe('Whether backups are made: automatic backup on, or a policy assigned; null: not told.'),
    retentionDays: z.number().nullable().describe('How long backups are kept; null: not told.'),
    policyId: z.string().nullable().describe('OCID of the backup or protection policy; null: not told.'),
  })
  .meta({ id: 'settingValues', description: 'Settings of backups; what a change does not touch is null.' });

export const backupChangeSchema = z
  .object({
    time: instantSchema.describe('When it was done.'),
    kind: z.enum(['deletion', 'settings', 'restore', 'termination']).describe('Kind of change.'),
    what: z.string().describe("Oracle's display name of the event type."),
    ...resourceNameShape,
    subjectId: z
      .string()
      .nullable()
      .describe(
        'What was changed, where it is not the resource itself: the backup, the policy, the destination.',
      ),
    state: z.string().nullable().describe("How it ended, the source's own word."),
    principal: z.string().nullable().describe('Who did it, where the event says so.'),
    detail: z.string().nullable().describe("The source's own words, and what follows for compliance."),
    from: settingValuesSchema.optional().describe('Settings before it, as far as they are known.'),
    to: settingValuesSchema.optional().describe('Settings from then on, as far as they are told.'),
    consequence: z
      .string()
      .optional()
      .describe('What it means for backups, in a sentence; absent where it means nothing, or failed.'),
    eventId: z.string().describe('Id of the event.'),
  })
  .meta({ id: 'change', description: 'Something done to backups, or to how they are made.' });

export type BackupChange = DeepReadonly<z.infer<typeof backupChangeSchema>>;
