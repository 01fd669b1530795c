import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { dateSchema, instantSchema } from '../../../model/document-values.js';
import { resourceNameShape } from './backup-event.js';
import { outcomeSchema, resourceFactsSchema } from './resource-compliance.js';

export const unjudgedResourceSchema = resourceFactsSchema
  .extend({
    reason: z.string().describe('Why it is not judged.'),
    outcome: outcomeSchema.describe('Outcome of the day; NOT_DUE where nothing was attempted.'),
  })
  .meta({ id: 'unjudgedResource', description: 'A resource with backup events that is not judged.' });

export const formerResourceSchema = z
  .object({
    ...resourceNameShape,
    lastDay: dateSchema.describe('Date of the last report that judged it.'),
    reason: z
      .string()
      .describe(
        "Why it left, in the report's language: terminated where terminatedTime is set, else not in the inventory any more.",
      ),
    terminatedTime: instantSchema.nullable().describe('When it was terminated.'),
  })
  .meta({ id: 'formerResource', description: 'A resource that has left the population.' });

export const formerFactsSchema = resourceFactsSchema
  .omit({ resourceType: true, resourceName: true, outcome: true, attempts: true })
  .meta({ id: 'formerFacts', description: 'What was known of a resource when it was terminated.' });

export type FormerFacts = DeepReadonly<z.infer<typeof formerFactsSchema>>;
