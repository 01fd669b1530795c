import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { countSchema, dateSchema } from '../../../model/document-values.js';

export const silenceSchema = z
  .object({
    cause: z
      .enum(['silent', 'nothing-read', 'nothing-read-again'])
      .describe(
        'silent: a source has none that, up to its last ones, had some on at least 3 of 14 comparable days, or every day for 14 days. nothing-read: no source is known to have had a record in the 14 days before. nothing-read-again: an earlier revision of the day had records, and the sources have none of it now.',
      ),
    source: z.string().nullable().describe('Name of the source; null: all of them.'),
    region: z
      .string()
      .nullable()
      .optional()
      .describe(
        'Only this region of it is silent; null: records whose region is not known; absent: all of it.',
      ),
    lastRecords: dateSchema.nullable().describe('The last day before that had records; null: not known.'),
    resources: countSchema.describe(
      'Resources that were due, of which nothing was heard, and whose last success nobody else told.',
    ),
  })
  .meta({ id: 'silence', description: 'A silence that makes the report INCOMPLETE.' });

/** A silence that makes the report INCOMPLETE. */
export type Silence = DeepReadonly<z.infer<typeof silenceSchema>>;
