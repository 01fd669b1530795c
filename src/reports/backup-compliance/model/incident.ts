import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { instantSchema } from '../../../model/document-values.js';
import { resourceNameShape } from './backup-event.js';

export const incidentSchema = z
  .object({
    ...resourceNameShape,
    condition: z
      .string()
      .describe("Oracle's name of the condition, as HEALTH.DB_CLUSTER.CDB.BACKUP_FAILURE."),
    bearsOnBackups: z
      .boolean()
      .describe('Backup failures count against the resource; other conditions are context.'),
    state: z.enum(['open', 'cleared']).describe('State at the cut-off.'),
    openedAt: instantSchema
      .nullable()
      .describe('First critical event; null where only the clearing was seen.'),
    lastSeenAt: instantSchema.describe('Last notice of it.'),
    clearedAt: instantSchema.nullable().describe('Event that closed it; null while it is open.'),
    description: z.string().nullable().describe('In the words of the service.'),
    eventIds: z.array(z.string()).describe('Every notice of it, in order of time.'),
  })
  .meta({
    id: 'incident',
    description: 'A critical condition on a resource, opened by a critical event and closed by its clearing.',
  });

export type Incident = DeepReadonly<z.infer<typeof incidentSchema>>;
