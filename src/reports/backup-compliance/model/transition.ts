import { z } from 'zod';
import { countSchema, dateSchema } from '../../../model/document-values.js';
import { resourceNameShape } from './backup-event.js';
import { outcomeSchema, verdictSchema } from './resource-compliance.js';

const transitionSchema = z
  .object({
    ...resourceNameShape,
    owner: z.string().nullable().describe('Who is to act.'),
    outcome: outcomeSchema.nullable().describe('Outcome of the day; null: it left the population.'),
    compliance: verdictSchema.nullable().describe('Verdict now; null: it left the population.'),
    badSince: dateSchema.describe('Since when it is, or had been, non-compliant or unknown.'),
    badDays: countSchema.describe('How many reports in a row.'),
    words: z.string().describe('Why it is bad, or what resolved it.'),
  })
  .meta({
    id: 'transition',
    description: 'A resource whose standing changed against the previous report.',
  });

export const followUpSchema = z
  .object({
    comparedWith: dateSchema
      .nullable()
      .describe('Date of the previous report; null: there is nothing to compare with.'),
    newlyBad: z
      .array(transitionSchema)
      .describe('Non-compliant or unknown now, and not in the previous report.'),
    resolved: z
      .array(transitionSchema)
      .describe('Non-compliant or unknown in the previous report, and not now.'),
  })
  .describe('What is better or worse than in the previous report.');
