import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { countSchema } from '../../../model/document-values.js';
import { periodDaySchema, periodHeadSchema } from '../../../model/period-head.js';
import { tenancyReportSchema, totalsSchema } from '../model/tenancy-report.js';

const periodTotalsSchema = totalsSchema
  .omit({ running: true, firstSeen: true })
  .describe('Changes that ended in the period, counted. Counts of months add up to the quarter.');

export const tenancyPeriodSchema = periodHeadSchema
  .extend({
    kind: z.literal('tenancy-changes').describe('Kind of report that its days are of.'),
    days: z
      .array(
        periodDaySchema.extend({
          totals: periodTotalsSchema
            .nullable()
            .describe('Of the day; on an INCOMPLETE day at least so many; null: MISSING, nobody knows.'),
        }),
      )
      .describe('Every day of the period, oldest first, with its counts.'),
    totals: periodTotalsSchema,
    unknownDays: countSchema.describe('Days that are MISSING or INCOMPLETE: what they hide is not known.'),
    services: tenancyReportSchema.shape.services.describe('By service: they add up to totals.'),
    compartments: tenancyReportSchema.shape.compartments.describe('By compartment: they add up to totals.'),
    principals: tenancyReportSchema.shape.principals.describe('By principal: they add up to totals.'),
    removals: tenancyReportSchema.shape.removals.describe(
      'Backups and protections that were taken away, or may have been; oldest first.',
    ),
  })
  .meta({
    title: 'report.json of a period of tenancy-changes',
    description: 'What was changed in a tenancy in a month, a quarter or any days in a row.',
  });

/** Times are ISO 8601 UTC. */
export type TenancyPeriod = DeepReadonly<z.infer<typeof tenancyPeriodSchema>>;

export type PeriodTotals = TenancyPeriod['totals'];
