import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { countSchema, instantSchema } from '../../../model/document-values.js';
import { previousReportSchema } from '../../../model/previous-report.js';
import { reportHeadSchema } from '../../../model/report-head.js';
import {
  policyReportSchema,
  reportFindingSchema,
  routingSchema,
  waiverReportSchema,
} from './applied-rules.js';
import { backupChangeSchema } from './backup-change.js';
import { frameworkSchema } from './framework.js';
import { incidentSchema } from './incident.js';
import { lifeCycleSchema } from './life-cycle.js';
import {
  controlSummarySchema,
  jobTotalsSchema,
  reportTotalsSchema,
  trendDaySchema,
} from './report-totals.js';
import { resourceComplianceSchema } from './resource-compliance.js';
import { runningAttemptSchema } from './running-attempt.js';
import { silenceSchema } from './silence.js';
import { followUpSchema } from './transition.js';
import { trendDays } from './trend-days.js';
import { formerFactsSchema, formerResourceSchema, unjudgedResourceSchema } from './unjudged-resource.js';

const sliceSchema = z
  .object({
    name: z.string().describe('Name of the part.'),
    resources: countSchema.describe('Resources that are judged in it.'),
    ofResources: countSchema.describe('Resources that are judged in the whole report.'),
  })
  .meta({ id: 'slice', description: 'A part of the whole report, for its recipients.' });

const unrecognisedTypeSchema = z
  .object({
    eventType: z.string().describe('Full type in lower case.'),
    events: z.int().min(1).describe('Events of the type.'),
  })
  .describe('One event type.');

const ignoredTypeSchema = z
  .object({
    eventType: z.string().describe('Full type in lower case.'),
    events: z.int().min(1).describe('Events of the type.'),
    names: z
      .string()
      .nullable()
      .describe('Type of a backup event that the text of some of them names; null: none.'),
  })
  .describe('One event type.');

const inventorySchema = z
  .object({
    type: z.string().describe('Kind of inventory.'),
    description: z.string().describe('What it is, in words.'),
  })
  .describe('What says which resources should be backed up.');

/** report.json, from which every other artefact is rendered. Unlike other kinds, it has no `kind` field. */
export const dailyReportSchema = reportHeadSchema
  .omit({ kind: true })
  .extend({
    slice: sliceSchema.nullable().describe('Which part of the whole report this is; null: the whole.'),
    generatedDaysLater: countSchema.describe(
      'Whole days of 24 hours between the cut-off and generatedAt; 0 on the morning after.',
    ),
    settleDelaySeconds: countSchema
      .optional()
      .describe('How long after the cut-off late records were waited for; absent: no resource is of Azure.'),
    totals: reportTotalsSchema.describe('Resources of the day, counted.'),
    controls: z.array(controlSummarySchema).describe('Verdicts of each control over all resources.'),
    policies: z.array(policyReportSchema).describe('Policies as they were applied, in their order.'),
    followUp: followUpSchema,
    resources: z.array(resourceComplianceSchema).describe('Every resource that is judged, worst first.'),
    incidents: z
      .array(incidentSchema)
      .describe('Critical conditions: open ones first, backup failures before context.'),
    jobTotals: jobTotalsSchema,
    changes: z
      .array(backupChangeSchema)
      .describe('What was changed in the day that matters to backups, oldest first.'),
    waivers: z
      .array(waiverReportSchema)
      .describe('Waivers of the configuration and what they do on the report day.'),
    findings: z
      .array(reportFindingSchema)
      .describe('What a person should put right about the rules or the estate.'),
    trend: z
      .array(trendDaySchema)
      .max(trendDays)
      .describe('The last 14 days, oldest first; the last is the report day.'),
    unrecognisedTypes: z
      .array(unrecognisedTypeSchema)
      .describe('Event types about backups that this version does not know.'),
    ignoredTypes: z
      .array(ignoredTypeSchema)
      .max(1000)
      .optional()
      .describe(
        'Types of the events that are not about backups, most events first; absent in reports of version 0.1.',
      ),
    furtherIgnored: countSchema
      .optional()
      .describe('Ignored events of all other types: with ignoredTypes they are controlTotals.ignored.'),
    silence: z
      .array(silenceSchema)
      .optional()
      .describe('Silences that make the report INCOMPLETE; absent in reports of version 0.1.'),
    inventory: inventorySchema,
    notInInventory: z
      .array(unjudgedResourceSchema)
      .describe('Resources with events that the inventory does not list.'),
    excludedResources: z.array(unjudgedResourceSchema).describe('Resources that an exclude rule leaves out.'),
    formerResources: z.array(formerResourceSchema).describe('Resources that have left the population.'),
    formerFacts: z
      .array(formerFactsSchema)
      .optional()
      .describe(
        'Of those that were terminated: should one prove to be there, the next report goes on from here.',
      ),
    lifeCycles: z
      .array(lifeCycleSchema)
      .max(5000)
      .optional()
      .describe(
        'OCIDs that events created or terminated and that are no resource of this report; the next one goes on from here.',
      ),
    runningAttempts: z
      .array(runningAttemptSchema)
      .describe('Attempts that had no end by the cut-off; the next report goes on from here.'),
    knownSince: instantSchema.describe('From when on every event is known, without a gap.'),
    frameworks: z
      .array(frameworkSchema)
      .optional()
      .describe(
        'Frameworks that the plan names, and what of the report supports which clause; absent: none.',
      ),
    routing: routingSchema
      .nullable()
      .describe('Which part of the report each recipient gets; null where it is not parted.'),
    previousReport: previousReportSchema
      .nullable()
      .describe('Archived report that this one goes on from; null: a cold start.'),
  })
  .meta({
    title: 'report.json',
    description: 'The backup report of one day: what every other artefact is rendered from.',
  });

/** Times are ISO 8601 UTC. */
export type DailyReport = DeepReadonly<z.infer<typeof dailyReportSchema>>;

export type ReportTotals = DailyReport['totals'];
export type ControlSummary = DailyReport['controls'][number];
export type UnrecognisedType = DailyReport['unrecognisedTypes'][number];
export type IgnoredTypeReport = NonNullable<DailyReport['ignoredTypes']>[number];
export type TrendDay = DailyReport['trend'][number];
/** Jobs of a day of one backup type and resource type. */
export type TrendJobs = NonNullable<TrendDay['jobs']>[number];
export type FollowUp = DailyReport['followUp'];
export type Transition = FollowUp['newlyBad'][number];
export type WaiverReport = DailyReport['waivers'][number];
export type ReportFinding = DailyReport['findings'][number];
export type PolicyReport = DailyReport['policies'][number];
export type UnjudgedResource = DailyReport['notInInventory'][number];
export type FormerResource = DailyReport['formerResources'][number];
