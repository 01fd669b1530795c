import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { instantSchema } from '../../../model/document-values.js';
import { resourceNameShape } from './backup-event.js';

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
    eventId: z.string().describe('Id of the event.'),
  })
  .meta({ id: 'change', description: 'Something done to backups, or to how they are made.' });

export type BackupChange = DeepReadonly<z.infer<typeof backupChangeSchema>>;
