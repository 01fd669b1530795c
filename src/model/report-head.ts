import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import { controlTotalsSchema, rejectedRecordSchema } from './control-totals.js';
import {
  completenessSchema,
  dateSchema,
  instantSchema,
  planNameSchema,
  schemaVersionSchema,
  toolSchema,
} from './document-values.js';
import { reportedInputsSchema } from './inputs.js';
import { passedOverSchema } from './passed-over.js';
import { sourcePulseSchema } from './pulse.js';

/** Nothing in it depends on the order of files or lines. */
export const sourceReportSchema = z
  .object({
    name: z.string().describe('As configured, or position and type: 1:local-files.'),
    type: z.string().describe('Kind of source.'),
    request: z.string().describe('What was asked for, as configured: query or paths.'),
    windowStart: instantSchema.describe('From when events were asked for.'),
    windowEnd: instantSchema.describe('To when, not included.'),
    controlTotals: controlTotalsSchema.describe('What became of its records.'),
    complete: z.boolean().describe('Whether it could show that nothing of the window is missing.'),
    reasons: z.array(z.string()).describe('Why it is not complete, one sentence each.'),
    notes: z
      .array(z.string())
      .optional()
      .describe('What a person should know of it although nothing is missing; absent: nothing.'),
    passedOver: passedOverSchema.optional(),
    inputs: reportedInputsSchema.optional(),
    pulse: sourcePulseSchema.optional(),
  })
  .meta({ id: 'source', description: 'What the report says of one source.' });

export type SourceReport = DeepReadonly<z.infer<typeof sourceReportSchema>>;

export const headFindingSchema = z
  .object({
    kind: z.string().describe('Kind of finding.'),
    subject: z.string().describe('What it is about.'),
    words: z.string().describe('A sentence that a person can act on.'),
  })
  .describe('Something that a person should put right; the report is whole all the same.');

export type HeadFinding = DeepReadonly<z.infer<typeof headFindingSchema>>;

const reportDaySchema = z
  .object({
    date: dateSchema.describe('Day that the report is about.'),
    timezone: z.string().min(1).describe('IANA name of the zone whose day it is.'),
    start: instantSchema.describe('First instant of the day.'),
    cutOff: instantSchema.describe('First instant after the day.'),
    hours: z.number().positive().describe('Length of the day: 23 or 25 where the clock changes.'),
  })
  .describe('The half-open interval from start to cutOff, one civil day.');

/** The fields that the report.json of every kind of report starts with. */
export const reportHeadSchema = z.object({
  schemaVersion: schemaVersionSchema,
  kind: z.string().min(1).optional().describe('Kind of report; absent: backup-compliance.'),
  plan: planNameSchema,
  reportDay: reportDaySchema,
  status: completenessSchema.describe('Whether the report saw everything.'),
  statusReasons: z
    .array(z.string())
    .describe('Why it is INCOMPLETE, one sentence each; empty when COMPLETE.'),
  generatedAt: instantSchema.describe('When the report was made.'),
  tool: toolSchema.describe('Program that made the report.'),
  language: z
    .string()
    .min(2)
    .describe(
      "Language of the report's sentences, BCP 47: en, de. What sources say about themselves is quoted unchanged.",
    ),
  sources: z.array(sourceReportSchema).describe('Where the events come from.'),
  controlTotals: controlTotalsSchema.describe('Sum over the sources.'),
  rejectedRecords: z
    .array(rejectedRecordSchema)
    .max(100)
    .describe('The first of the records that could not be read; the evidence has them all.'),
  findings: z
    .array(headFindingSchema)
    .describe('What a person should put right about the rules or the estate.'),
});

/** Times are ISO 8601 UTC. */
export type ReportHead = DeepReadonly<z.infer<typeof reportHeadSchema>>;

/** What channels, monitors and colours need to know about a report of any kind. */
export interface ReportStanding {
  /** good: nobody has to act, and nothing is unknown. */
  readonly level: 'good' | 'warning' | 'bad';
  /** One word: `NON-COMPLIANT`. */
  readonly verdict: string;
  /** For programs. */
  readonly totals: object;
}
