import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { countSchema, dateSchema } from '../../../model/document-values.js';
import { periodDaySchema, periodHeadSchema } from '../../../model/period-head.js';
import { mostListed, tenancyReportSchema, totalsSchema } from '../model/tenancy-report.js';

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
    backupChanges: tenancyReportSchema.shape.backupChanges.describe(
      'All other changes that touch backups, whatever came of them; oldest first.',
    ),
    firstSeen: z
      .object({
        total: countSchema.describe('How many principals the days call first seen, added up.'),
        unknownDays: countSchema.describe('Days that cannot say who is new, or that are MISSING.'),
        principals: z
          .array(
            z.object({
              date: dateSchema.describe('Day on which it was first seen.'),
              id: z.string().describe('OCID of the principal, or its name where no OCID is told.'),
              name: z.string().nullable().describe('Name; null: not told.'),
              changes: countSchema.describe('Changes of that day.'),
            }),
          )
          .max(mostListed)
          .describe('The first 200 of them, oldest day first.'),
      })
      .describe('Principals that had not been seen before, as each day says.'),
  })
  .meta({
    title: 'report.json of a period of tenancy-changes',
    description: 'What was changed in a tenancy in a month, a quarter or any days in a row.',
  });

/** Times are ISO 8601 UTC. */
export type TenancyPeriod = DeepReadonly<z.infer<typeof tenancyPeriodSchema>>;

export type PeriodTotals = TenancyPeriod['totals'];
export type CountedTenancyDay = TenancyPeriod['days'][number];
