import { z } from 'zod';
import { countSchema, dateSchema } from '../../../model/document-values.js';
import { headFindingSchema } from '../../../model/report-head.js';
import { resourceComplianceSchema, severitySchema } from './resource-compliance.js';

export const policyReportSchema = z
  .object({
    name: z.string().describe('Name of the policy.'),
    match: z.string().describe('What it is for, in words; the default policy is for everything else.'),
    cadence: z.string().describe('When a backup is due, in words.'),
    maxAge: z.string().describe('How old the last successful backup may be, in words.'),
    maxDuration: z.string().describe('How long a backup may take, in words.'),
    minRetention: z.string().nullable().describe('How long backups must be kept, in words; null: no demand.'),
    maxRestoreAge: z
      .string()
      .nullable()
      .describe('How old the last successful restore may be, in words; null: no demand.'),
    severity: severitySchema.describe('How much it matters.'),
    owner: z.string().nullable().describe('Who acts where the inventory names nobody.'),
    resources: countSchema.describe('Resources that it is the policy of.'),
  })
  .meta({ id: 'policy', description: 'A policy as it was applied.' });

export const waiverReportSchema = z
  .object({
    match: z.string().describe('What it is for, in words, as name LEGACY_*, compartment prod.'),
    reason: z.string().describe('Why it was granted.'),
    ticket: z.string().nullable().describe('Where it was asked for.'),
    approvedBy: z.string().describe('Who granted it.'),
    expires: dateSchema.describe('Last report day that it holds for.'),
    daysLeft: z.int().describe('From the report day to the last one; negative: expired that many days ago.'),
    state: z.enum(['active', 'expired', 'unmatched']).describe('unmatched: it holds, but for no resource.'),
    resources: z
      .array(
        resourceComplianceSchema
          .pick({ resourceId: true, resourceName: true, compliance: true })
          .describe('One resource.'),
      )
      .describe('Resources that it holds for, or would if it had not expired.'),
  })
  .meta({
    id: 'waiver',
    description: 'A waiver of the configuration and what it does on the report day.',
  });

export const reportFindingSchema = headFindingSchema
  .extend({
    kind: z
      .enum([
        'policy-matches-nothing',
        'policy-shadowed',
        'exclude-matches-nothing',
        'waiver-expired',
        'waiver-expiring',
        'waiver-matches-nothing',
        'waiver-over-broad',
        'recipients-match-nothing',
        'not-in-inventory',
        'left-inventory',
        'kept-unlisted',
        'deletion-unmatched',
        'attempt-before-created',
        'attempt-given-up',
        'restore-test-failed',
        'attestation-refused',
        'ignored-names-backup',
        'name-undecided',
        'name-given-up',
        'notice-unmatched',
        'setting-unmatched',
        'group-undecided',
        'group-unknown',
        'event-id-shared',
        'source-gone',
        'job-conflict',
        'not-settled',
        'memory',
        'evidence',
      ])
      .describe('Kind of finding.'),
    subject: z.string().describe('Rule or resource that it is about.'),
  })
  .meta({
    id: 'finding',
    description: 'Something that a person should put right; the report is whole all the same.',
  });

/** The slices and `unrouted` add up to `totals.expected`. */
export const routingSchema = z
  .object({
    slices: z
      .array(
        z
          .object({
            name: z.string().describe('Name of the part.'),
            resources: countSchema.describe('Resources in it.'),
          })
          .describe('One part.'),
      )
      .describe('The parts, in their order.'),
    unrouted: countSchema.describe('Resources that are in no part.'),
  })
  .meta({
    id: 'routing',
    description:
      'Which part of the report each recipient gets: the slices and unrouted are totals.expected together.',
  });
