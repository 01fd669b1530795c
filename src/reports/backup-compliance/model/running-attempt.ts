import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { instantSchema } from '../../../model/document-values.js';
import { backupTraitsSchema, resourceRefSchema } from './backup-event.js';

/** Enough of a begin event to pair it with an end that comes on a later day. */
export const runningAttemptSchema = z
  .object({
    eventId: z.string().describe('Id of the event.'),
    eventType: z
      .string()
      .describe('Full type in lower case, as com.oraclecloud.databaseservice.backupdatabase.begin.'),
    time: instantSchema.describe('When it began.'),
    subjectId: z.string().nullable().describe("The backup's own OCID in lower case."),
    resource: resourceRefSchema.describe('Resource that it is a backup of.'),
    createdTime: instantSchema.nullable().describe('When the backup was created, as the event says.'),
    traits: backupTraitsSchema.describe('Attributes of the backup.'),
    message: z.string().nullable().describe('In the words of the service.'),
    // An ended attempt is kept if a part of the day could not be read: when its end is read again, it must not be
    // paired with another attempt.
    endedTime: instantSchema
      .nullable()
      .describe('null: it runs. Else its end was seen, and may be read again.'),
  })
  .meta({ id: 'runningAttempt', description: 'Begin event of an attempt whose end has not been seen.' });

export type RunningAttempt = DeepReadonly<z.infer<typeof runningAttemptSchema>>;
