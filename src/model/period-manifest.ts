import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import {
  completenessSchema,
  instantSchema,
  planNameSchema,
  sha256Schema,
  toolSchema,
} from './document-values.js';
import { artefactEntrySchema, manifestSchema, supersedingSchema } from './manifest.js';
import { periodDaySchema, periodSchema } from './period-head.js';
import { templateFaultSchema } from './template-fault.js';

const revisionSchema = z.int().min(1);

const manifestDaySchema = periodDaySchema
  .omit({ isRevised: true, reason: true })
  .extend({
    manifestKey: z.string().nullable().describe('Key of that manifest in the archive; null: MISSING.'),
  })
  .describe('One day that was counted.');

const periodOriginSchema = z.object({
  manifestKey: z.string().describe('Key of its manifest in the archive.'),
  manifestSha256: sha256Schema.describe('Of that manifest.'),
});

/** The report before a period that its population comes from. */
export type PeriodOrigin = DeepReadonly<z.infer<typeof periodOriginSchema>>;

export const periodManifestSchema = z
  .object({
    schemaVersion: z.literal(1).describe('Version of this format.'),
    plan: planNameSchema,
    period: periodSchema,
    revision: revisionSchema.describe('Number of the revision, from 1.'),
    supersedes: supersedingSchema
      .nullable()
      .describe('The revision that this one replaces; null for the first.'),
    unfinishedRevisions: z
      .array(revisionSchema)
      .describe('Revisions of the period that a crash left without a manifest.'),
    generatedAt: instantSchema.describe('When the report was made.'),
    tool: toolSchema.describe('Program that made the revision.'),
    nodeVersion: z.string().describe('Version of Node.js that it ran on.'),
    principal: z.string().describe('Who ran it.'),
    status: completenessSchema.describe('Whether every day has a report that saw everything.'),
    contentDigest: sha256Schema.describe(
      'Of the days that were counted and what was counted, in codes and numbers: without words, and without when it was made.',
    ),
    countsDigest: sha256Schema.describe('Of what was counted alone: a revision with the same is not mailed.'),
    configurationDigest: z.string().describe('sha-256 of the configuration, in lower-case hex.'),
    signing: manifestSchema.shape.signing,
    timestamp: manifestSchema.shape.timestamp,
    before: periodOriginSchema
      .nullable()
      .optional()
      .describe(
        'The newest earlier report that can be used: its population is unknown on missing days at the beginning. null: there was none, or it was not asked for; absent: an earlier version made the revision.',
      ),
    days: z
      .array(manifestDaySchema)
      .describe('The days that it is made of: the only manifests that it refers to, besides supersedes.'),
    artefacts: z
      .array(artefactEntrySchema)
      .describe('Every file of the revision but this one, in the order of writing.'),
    templateFaults: z
      .array(templateFaultSchema)
      .optional()
      .describe("Templates of the company's own that could not be used; absent: all could."),
  })
  .meta({
    title: 'manifest.json of a period',
    description:
      'The commit record of one archived revision of a period: a revision exists when its manifest does.',
  });

export type PeriodManifest = DeepReadonly<z.infer<typeof periodManifestSchema>>;
