import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import { countSchema } from './document-values.js';

/** What became of one input: a file, an object, a partition of a stream. */
export const inputEntrySchema = z
  .object({
    name: z.string().describe('As its source names it; a folder that was left out ends in a slash.'),
    disposition: z
      .enum(['read', 'unreadable', 'unreadable in part', 'left out'])
      .describe('What became of it; unreadable in part: its good records are in the report.'),
    reason: z
      .string()
      .nullable()
      .describe('Why it could not be read, or the rule that left it out; null where it was read.'),
    bytes: countSchema.nullable().describe('Length as stored; null where it is not known.'),
    records: countSchema.nullable().describe('Records found in it; null where it was not opened.'),
  })
  .describe('One file, object or partition of a stream.');

export type InputEntry = DeepReadonly<z.infer<typeof inputEntrySchema>>;

const inputTotalsSchema = z.object({
  found: countSchema.describe('Inputs that paths, patterns, prefix or stream name.'),
  read: countSchema.describe('Inputs that were read to their end.'),
  unreadable: countSchema.describe('Inputs that could not be read, or only in part.'),
  leftOut: countSchema.describe('Inputs that a rule left out.'),
  rules: z
    .array(
      z.object({
        rule: z.string().describe('The rule in words.'),
        inputs: countSchema.describe('How many it left out.'),
      }),
    )
    .describe('Rules that left something out.'),
});

export type InputTotals = DeepReadonly<z.infer<typeof inputTotalsSchema>>;

/** How many inputs that were not read, or not whole, a report names. */
export const namedInputs = 100;

/** The inputs of a source as its report has them. */
export const reportedInputsSchema = inputTotalsSchema
  .extend({
    notRead: z
      .array(inputEntrySchema)
      .max(namedInputs)
      .describe('The first of those that were not read, or not whole; the manifest has more.'),
  })
  .describe('What became of every input that was found: found = read + unreadable + leftOut.');

/** The inputs of a source as the manifest has them. */
export const archivedInputsSchema = inputTotalsSchema
  .extend({
    entries: z
      .array(inputEntrySchema)
      .describe('Each input; of those that one rule left out, the first 1000.'),
  })
  .describe('What became of every input that was found: found = read + unreadable + leftOut.');

export type SourceInputs = DeepReadonly<z.infer<typeof archivedInputsSchema>>;

/** What the report says of them: unreadable ones first. */
export function reportInputs({ entries, ...totals }: SourceInputs): z.infer<typeof reportedInputsSchema> {
  const leftOut = entries.filter(({ disposition }) => disposition === 'left out');
  const unreadable = entries.filter(({ disposition }) => disposition.startsWith('unreadable'));
  const rules = totals.rules.map((each) => ({ ...each }));
  return { ...totals, rules, notRead: [...unreadable, ...leftOut].slice(0, namedInputs) };
}
