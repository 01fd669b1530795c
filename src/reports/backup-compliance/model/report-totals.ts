import { z } from 'zod';
import { completenessSchema, countSchema, dateSchema } from '../../../model/document-values.js';
import type { JobStatus } from './backup-job.js';
import { backupTypeSchema, controlNameSchema } from './resource-compliance.js';
import type { Outcome, Verdict } from './verdict.js';

export const reportTotalsSchema = z
  .object({
    expected: countSchema.describe('Resources judged: the sum of byOutcome, and of the four verdict counts.'),
    byOutcome: z
      .object({
        FAILED: countSchema.describe('The last backup failed.'),
        MISSED: countSchema.describe('A backup was due and nothing was seen.'),
        UNKNOWN: countSchema.describe('The end of a backup was not seen.'),
        LATE: countSchema.describe('A backup took longer than allowed.'),
        IN_PROGRESS: countSchema.describe('A backup was running at the cut-off.'),
        RECOVERED: countSchema.describe('A backup failed and a later one succeeded.'),
        SUCCEEDED_WITH_WARNINGS: countSchema.describe('Backups succeeded, with warnings.'),
        SUCCEEDED: countSchema.describe('Every backup succeeded.'),
        NOT_DUE: countSchema.describe('No backup was due.'),
      } satisfies Record<Outcome, unknown>)
      .describe('Resources by outcome, worst first.'),
    compliant: countSchema.describe('Resources that are compliant.'),
    nonCompliant: countSchema.describe('Resources that are not compliant.'),
    unknown: countSchema.describe('Resources of which it cannot be said.'),
    notApplicable: countSchema.describe('Resources of which nothing is demanded.'),
    waived: countSchema.describe(
      'Resources that a waiver holds for, whatever their verdict; they are in the other counts too.',
    ),
    waivedBad: countSchema.describe('Of nonCompliant and unknown, those that a waiver holds for.'),
    excluded: countSchema.describe('Resources that an exclude rule leaves out; not in expected.'),
    compliancePercent: z
      .number()
      .min(0)
      .max(100)
      .nullable()
      .describe(
        'compliant / (expected - notApplicable) in percent, unrounded; null where nothing was due. Version 0.1 rounded it down to 0.1.',
      ),
  })
  .meta({ id: 'totals', description: 'Resources, counted.' });

export const controlSummarySchema = z
  .object({
    control: controlNameSchema.describe('The control.'),
    byVerdict: z
      .object({
        COMPLIANT: countSchema.describe('Resources: met.'),
        NON_COMPLIANT: countSchema.describe('Resources: not met.'),
        NOT_APPLICABLE: countSchema.describe('Resources: nothing is demanded.'),
        UNKNOWN: countSchema.describe('Resources: cannot be said.'),
      } satisfies Record<Verdict, unknown>)
      .describe('Resources by verdict of this control.'),
  })
  .describe('One control.');

const jobsByStatusSchema = z
  .object({
    FAILED: countSchema.describe('Jobs that failed.'),
    UNKNOWN: countSchema.describe('Jobs whose end was not seen.'),
    CANCELED: countSchema.describe('Jobs that were canceled.'),
    IN_PROGRESS: countSchema.describe('Jobs that ran at the cut-off.'),
    SUCCEEDED_WITH_WARNINGS: countSchema.describe('Jobs that succeeded with warnings.'),
    SUCCEEDED: countSchema.describe('Jobs that succeeded.'),
  } satisfies Record<JobStatus, unknown>)
  .describe('Jobs by status.');

export const jobTotalsSchema = z
  .object({
    total: countSchema.describe('All jobs: the sum of byStatus.'),
    byStatus: jobsByStatusSchema,
  })
  .describe('Jobs of the day, counted.');

const trendJobsSchema = z
  .object({
    backupType: backupTypeSchema.describe('Kind of backup.'),
    resourceType: z
      .string()
      .nullable()
      .describe('Kind of resource; null: all those that are too rare to be told apart.'),
    byStatus: jobsByStatusSchema,
  })
  .describe('Jobs of one backup type and resource type.');

export const trendDaySchema = z
  .object({
    date: dateSchema.describe('The day.'),
    status: completenessSchema
      .nullable()
      .describe('Whether its report saw everything; null: there is no report of the day.'),
    totals: reportTotalsSchema
      .nullable()
      .describe('Its resources, counted; null: there is no report of the day.'),
    jobs: z
      .array(trendJobsSchema)
      .optional()
      .describe(
        'Its jobs by backup type, resource type and status; absent where there is no report of the day, and where it is of a version that did not count them.',
      ),
  })
  .meta({ id: 'trendDay', description: 'One day of the trend.' });
