import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import { completenessSchema, dateSchema, sha256Schema } from './document-values.js';

export const previousReportSchema = z
  .object({
    date: dateSchema.describe('Its report day.'),
    status: completenessSchema.describe('Whether it saw everything.'),
    // Not its revision number: a crash may leave a gap in the numbers, which must not change what this report says.
    contentDigest: sha256Schema.describe(
      'sha-256 of what it asserts; the manifest says which revision it was.',
    ),
    bridgedDays: z
      .array(dateSchema)
      .describe("Days between it and this one that have no report; their events were read with this one's."),
  })
  .meta({ id: 'previousReport', description: 'The archived report that this one continues.' });

/** The archived report that this one continues. */
export type PreviousReport = DeepReadonly<z.infer<typeof previousReportSchema>>;
