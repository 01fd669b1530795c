import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { countSchema, dateSchema, instantSchema } from '../../../model/document-values.js';
import { periodDaySchema, periodHeadSchema } from '../../../model/period-head.js';
import { waiverReportSchema } from '../model/applied-rules.js';
import { backupChangeSchema } from '../model/backup-change.js';
import { frameworkSchema } from '../model/framework.js';
import { severitySchema } from '../model/resource-compliance.js';
import { controlNames } from '../model/verdict.js';

/** How many changes the document lists; the days have all of them. */
export const mostChanges = 500;

const countsShape = {
  expected: countSchema.describe(
    'Resource-days on which something was demanded: met + failed + missed + unknown.',
  ),
  met: countSchema.describe('COMPLIANT on a day whose report is COMPLETE.'),
  failed: countSchema.describe('NON_COMPLIANT, whatever it was but missed.'),
  missed: countSchema.describe('NON_COMPLIANT, and a backup was due and nothing was seen.'),
  unknown: countSchema.describe(
    'UNKNOWN; neither failed nor missed on a day whose report is INCOMPLETE; in the population before a day that is MISSING.',
  ),
  waived: countSchema.describe('Of failed, missed and unknown, those that a waiver held for on that day.'),
};

const attainmentShape = {
  ...countsShape,
  attainmentPercent: z
    .number()
    .min(0)
    .max(100)
    .nullable()
    .describe('met / expected in percent, unrounded; null where nothing was expected.'),
  longestGapDays: countSchema.describe(
    'Most expected days in a row of one resource that were not met, within the period.',
  ),
  worstRecoveryPointAgeSeconds: z
    .number()
    .min(0)
    .nullable()
    .describe('Greatest age of a recovery point at a cut-off; null: none was known on any day.'),
  withoutRecoveryPoint: countSchema.describe('Expected resource-days on which no recovery point was known.'),
  recoveries: countSchema.describe('How often a resource that had failed or missed was met again.'),
  meanDaysToRecover: z
    .number()
    .min(0)
    .nullable()
    .describe('Mean of the days from the first failed or missed one to the next that was met; null: none.'),
};

const targetShape = {
  target: z.number().min(0).max(100).nullable().describe('Least attainment in percent; null: none is set.'),
  targetState: z
    .enum(['reached', 'missed'])
    .nullable()
    .describe('Whether it was attained, unrounded; null: no target, or nothing was expected.'),
};

const countsSchema = z.object(countsShape).describe('Resource-days, counted.');
const totalsSchema = z
  .object({ ...attainmentShape, ...targetShape })
  .describe('All resources on all days, counted.');

const policyRowSchema = z
  .object({
    policy: z.string().describe('Name of the policy that judged the resource on that day.'),
    ...attainmentShape,
    ...targetShape,
  })
  .describe('One policy.');

const ownerRowSchema = z
  .object({
    owner: z.string().nullable().describe('Who was to act on that day; null: nobody was named.'),
    ...attainmentShape,
    ...targetShape,
  })
  .describe('One team.');

const sliceRowSchema = z
  .object({
    slice: z.string().nullable().describe("Name of the recipients' part; null: in no part."),
    ...attainmentShape,
  })
  .describe("One recipients' part.");

const resourceNameFields = {
  resourceId: z.string().describe('OCID of the resource in lower case, or what stands for it.'),
  resourceName: z.string().describe('Name as its service writes it, on the last day that had it.'),
  resourceType: z.string().describe('Kind of resource.'),
};

const resourceRowSchema = z
  .object({
    ...resourceNameFields,
    policy: z.string().describe('Policy on the last day that had it.'),
    owner: z.string().nullable().describe('Owner on the last day that had it.'),
    severity: severitySchema.describe('Severity on the last day that had it.'),
    ...attainmentShape,
  })
  .describe('One resource.');

const controlRowSchema = z
  .object({
    control: z.enum(controlNames).describe('Name of the control.'),
    applicable: countSchema.describe('Resource-days that it applied to: met + notMet + unknown.'),
    met: countSchema.describe('COMPLIANT on a day whose report is COMPLETE.'),
    notMet: countSchema.describe('NON_COMPLIANT.'),
    unknown: countSchema.describe('All others, those of a missing day included.'),
  })
  .describe('One control.');

const waiverRowSchema = waiverReportSchema
  .pick({ match: true, reason: true, ticket: true, approvedBy: true, expires: true })
  .extend({
    firstDay: dateSchema.describe('First day of the period on which it was in force.'),
    lastDay: dateSchema.describe('Last such day.'),
    resources: countSchema.describe('Resources that it held for on that last day.'),
    isInForce: z.boolean().describe('Whether it was in force on the last day with a report.'),
  })
  .describe('A waiver that was in force on a day of the period.');

const nameSchema = z.object(resourceNameFields).describe('One resource.');

export const periodReportSchema = periodHeadSchema
  .extend({
    kind: z.literal('backup-compliance').describe('Kind of report that its days are of.'),
    days: z
      .array(periodDaySchema.extend({ counts: countsSchema }))
      .describe('Every day of the period, oldest first, with its counts.'),
    totals: totalsSchema,
    policies: z.array(policyRowSchema).describe('By policy: they add up to totals.'),
    owners: z.array(ownerRowSchema).describe('By team: they add up to totals.'),
    slices: z
      .array(sliceRowSchema)
      .describe("By recipients' part, by the rules of each day; empty where there are no parts."),
    resources: z
      .array(resourceRowSchema)
      .describe('Every resource of the period, worst first: they add up to totals.'),
    controls: z
      .array(controlRowSchema)
      .describe('By control, on all days; a control that applied to nothing is left out.'),
    frameworks: z
      .array(frameworkSchema)
      .optional()
      .describe(
        'Frameworks that the last day with a report names, and what supports which clause; absent: none.',
      ),
    waivers: z.array(waiverRowSchema).describe('Waivers, those that are in force first.'),
    restores: z
      .array(nameSchema.extend({ time: instantSchema.describe('When the last of them ended.') }))
      .describe('Resources with a restore that succeeded in the period, newest first; contents unproven.'),
    came: z
      .array(nameSchema.extend({ date: dateSchema.describe('Its first day.') }))
      .describe('Resources that were first reported in the period.'),
    left: z
      .array(nameSchema.extend({ date: dateSchema.describe('Its last day.') }))
      .describe('Resources that the last day with a report does not have any more.'),
    changes: z
      .array(
        backupChangeSchema.pick({
          time: true,
          kind: true,
          what: true,
          resourceId: true,
          resourceName: true,
          resourceType: true,
          principal: true,
          detail: true,
        }),
      )
      .max(mostChanges)
      .describe('What was changed that matters to backups, but restores; oldest first, the first 500.'),
    changesTotal: countSchema.describe('How many there are.'),
  })
  .meta({
    title: 'report.json of a period',
    description:
      'What the archived days of a month, a quarter or any days in a row say together. Counts of months add up to the quarter; gaps, ages and means do not.',
  });

/** Times are ISO 8601 UTC. */
export type PeriodReport = DeepReadonly<z.infer<typeof periodReportSchema>>;

export type PeriodCounts = PeriodReport['days'][number]['counts'];
export type PeriodAttainment = DeepReadonly<z.infer<z.ZodObject<typeof attainmentShape>>>;
