import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { countSchema } from '../../../model/document-values.js';
import { periodDaySchema, periodHeadSchema } from '../../../model/period-head.js';
import { activityReportSchema, activityTotalsSchema } from '../model/activity-report.js';

const periodTotalsSchema = activityTotalsSchema
  .omit({ targets: true, withoutData: true, late: true })
  .describe('Events of the period, counted. Counts of months add up to the quarter.');

export const activityPeriodSchema = periodHeadSchema
  .extend({
    kind: z.literal('database-activity').describe('Kind of report that its days are of.'),
    days: z
      .array(
        periodDaySchema.extend({
          totals: periodTotalsSchema
            .nullable()
            .describe('Of the day; on an INCOMPLETE day at least so many; null: MISSING, nobody knows.'),
          withoutData: countSchema.nullable().describe('Targets without data on that day; null: MISSING.'),
        }),
      )
      .describe('Every day of the period, oldest first, with its counts.'),
    totals: periodTotalsSchema,
    unknownDays: countSchema.describe('Days that are MISSING or INCOMPLETE: what they hide is not known.'),
    targets: activityReportSchema.shape.users.describe('By target database: they add up to totals.'),
    users: activityReportSchema.shape.users.describe('By user of the database: they add up to totals.'),
    operations: activityReportSchema.shape.operations.describe('By what was done: they add up to totals.'),
  })
  .meta({
    title: 'report.json of a period of database-activity',
    description: 'What was done in databases in a month, a quarter or any days in a row.',
  });

/** Times are ISO 8601 UTC. */
export type ActivityPeriod = DeepReadonly<z.infer<typeof activityPeriodSchema>>;

export type ActivityPeriodTotals = ActivityPeriod['totals'];
