import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import {
  completenessSchema,
  countSchema,
  dateSchema,
  instantSchema,
  planNameSchema,
  schemaVersionSchema,
  sha256Schema,
  toolSchema,
} from './document-values.js';
import { periodTypes } from './period.js';

export const periodSchema = z
  .object({
    label: z.string().describe('Its name: 2026-11, 2026-Q4, 2026-11-01_2026-11-08.'),
    type: z.enum(periodTypes).describe('month and quarter are of the calendar; days: any in a row.'),
    from: dateSchema.describe('The first day.'),
    to: dateSchema.describe('The last day.'),
    timezone: z.string().min(1).describe('IANA name of the zone whose days they are.'),
    start: instantSchema.describe('First instant of the first day.'),
    end: instantSchema.describe('First instant after the last day.'),
  })
  .describe('The days that the report is about.');

export const periodDaySchema = z
  .object({
    date: dateSchema.describe('The day.'),
    state: z
      .enum(['COMPLETE', 'INCOMPLETE', 'MISSING'])
      .describe('As its report says of itself; MISSING: there is no report that can be used.'),
    revision: z.int().min(1).nullable().describe('Newest revision of its report; null: MISSING.'),
    manifestSha256: sha256Schema.nullable().describe('Of the manifest.json of that revision; null: MISSING.'),
    isRevised: z.boolean().describe('Whether that revision replaced an earlier one.'),
    reason: z.string().nullable().describe('Why it is MISSING, in a sentence; null: it is not.'),
  })
  .describe('One day.');

export type PeriodDay = DeepReadonly<z.infer<typeof periodDaySchema>>;

/** The fields that the report.json of a period starts with, of every kind of report. */
export const periodHeadSchema = z.object({
  schemaVersion: schemaVersionSchema,
  kind: z.string().min(1).describe('Kind of report that its days are of.'),
  plan: planNameSchema,
  period: periodSchema,
  status: completenessSchema.describe(
    'INCOMPLETE where a day has no report that can be used, or one that is INCOMPLETE itself.',
  ),
  statusReasons: z
    .array(z.string())
    .describe('Why it is INCOMPLETE, one sentence each; empty when COMPLETE.'),
  generatedAt: instantSchema.describe('When the report was made.'),
  tool: toolSchema.describe('Program that made the report.'),
  language: z.string().min(2).describe("Language of the report's sentences, BCP 47: en, de."),
  days: z.array(periodDaySchema).describe('Every day of the period, oldest first.'),
  revisedDays: countSchema.describe('Days whose newest report replaced an earlier one.'),
});

/** Times are ISO 8601 UTC. */
export type PeriodHead = DeepReadonly<z.infer<typeof periodHeadSchema>>;
