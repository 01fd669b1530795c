import { z } from 'zod';
import type { DeepReadonly } from '../base/deep-readonly.js';
import { controlTotalsSchema } from './control-totals.js';
import {
  completenessSchema,
  countSchema,
  dateSchema,
  instantSchema,
  planNameSchema,
  sha256Schema,
  toolSchema,
} from './document-values.js';
import { archivedInputsSchema } from './inputs.js';
import { passedOverSchema } from './passed-over.js';
import { templateFaultSchema } from './template-fault.js';

const revisionSchema = z.int().min(1);

export const artefactEntrySchema = z
  .object({
    name: z.string().min(1).describe('Name of the file.'),
    bytes: countSchema.describe('Length.'),
    sha256: sha256Schema.describe('Of its bytes.'),
    mediaType: z.string().describe('Media type.'),
    contentSha256: sha256Schema
      .optional()
      .describe(
        'Of its uncompressed content; only for gzipped files. Another version of zlib compresses otherwise.',
      ),
  })
  .describe('One file.');

/** One file that belongs to a revision. */
export type ArtefactEntry = DeepReadonly<z.infer<typeof artefactEntrySchema>>;

const sourceRequestSchema = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .describe('Facts of one request; which ones depends on the source.');

/** One request that a source made: a file read, a page of a query. */
export type SourceRequest = DeepReadonly<z.infer<typeof sourceRequestSchema>>;

const manifestSourceSchema = z
  .object({
    name: z.string().describe('As configured, or position and type: 1:local-files.'),
    type: z.string().describe('Kind of source.'),
    request: z.string().describe('What was asked for, as configured.'),
    windowStart: instantSchema.describe('From when events were asked for.'),
    windowEnd: instantSchema.describe('To when, not included.'),
    askedTo: instantSchema
      .optional()
      .describe('To when it was asked, not included: the window and the look-ahead beyond the cut-off.'),
    complete: z.boolean().describe('Whether it could show that nothing of the window is missing.'),
    reasons: z.array(z.string()).describe('Why it is not complete, one sentence each.'),
    notes: z
      .array(z.string())
      .optional()
      .describe('What a person should know of it although nothing is missing; absent: nothing.'),
    controlTotals: controlTotalsSchema.describe('What became of its records.'),
    passedOver: passedOverSchema.optional(),
    requests: z.array(sourceRequestSchema).describe('Requests that it made: a file read, a page of a query.'),
    inputs: archivedInputsSchema.optional(),
  })
  .describe('One source.');

export type ManifestSource = DeepReadonly<z.infer<typeof manifestSourceSchema>>;

const revisionChangeSchema = z.object({
  kind: z.enum(['status', 'resource', 'jobs', 'incident', 'finding', 'other']).describe('What it is about.'),
  subject: z.string().describe('Name of the resource, or what it is about.'),
  words: z.string().describe('How it was and how it is, as MISSED → SUCCEEDED.'),
});

export type RevisionChange = DeepReadonly<z.infer<typeof revisionChangeSchema>>;

export const supersedingSchema = z
  .object({
    revision: revisionSchema.describe('Its number.'),
    manifestSha256: sha256Schema.describe('Of its manifest.json.'),
    reason: z.string().describe('Why a new one was written: late events, another configuration, …'),
    changes: z
      .array(revisionChangeSchema)
      .max(100)
      .describe('What is different in it, worst first; at most 100.'),
    changesTotal: countSchema.describe('How many there are.'),
  })
  .describe('A superseded revision.');

/** Which revision was replaced, why, and what is different. */
export type Superseding = DeepReadonly<z.infer<typeof supersedingSchema>>;

const runtimeSchema = z
  .object({
    icu: z.string().nullable().describe('Version of ICU: sorting and words of dates.'),
    timeZones: z.string().nullable().describe('Version of the time-zone data, as 2026a.'),
    zlib: z.string().nullable().describe('Version of zlib: the bytes of gzipped files and of the workbook.'),
    processor: z
      .string()
      .optional()
      .describe(
        'Sort of processor, as x64: the bytes of gzipped files and of the workbook. Absent: not known.',
      ),
  })
  .describe('What else the bytes of the files depend on; null where Node.js does not say.');

/** Manifests of version 1 (program versions 0.1) are read as well: see ArchivedManifest. */
export const manifestSchema = z
  .object({
    schemaVersion: z.literal(2).describe('Version of this format.'),
    plan: planNameSchema,
    date: dateSchema.describe('Day that the report is about.'),
    timezone: z.string().min(1).describe('IANA name of the zone whose day it is.'),
    windowStart: instantSchema.describe('First instant of the day.'),
    cutOff: instantSchema.describe('First instant after the day.'),
    revision: revisionSchema.describe('Number of the revision, from 1.'),
    supersedes: supersedingSchema
      .nullable()
      .describe('The revision that this one replaces; null for the first.'),
    unfinishedRevisions: z
      .array(revisionSchema)
      .describe('Revisions of the day that a crash left without a manifest.'),
    generatedAt: instantSchema.describe('When the report was made.'),
    tool: toolSchema.describe('Program that made the revision.'),
    nodeVersion: z.string().describe('Version of Node.js that it ran on.'),
    runtime: runtimeSchema,
    principal: z.string().describe('Who ran it.'),
    status: completenessSchema.describe('Whether the report saw everything.'),
    contentDigest: sha256Schema.describe(
      'Of what the report asserts, in codes and numbers: without words, and without when it was made.',
    ),
    contentDigestVersion: z
      .int()
      .min(1)
      .describe('Which codes and numbers that are; digests of two versions differ.'),
    configurationDigest: z.string().describe('sha-256 of the configuration, in lower-case hex.'),
    inventoryDigest: z.string().describe('sha-256 of the inventory as read, in lower-case hex.'),
    inventory: z
      .object({
        type: z.string().describe('observed, file or oci.'),
        description: z.string().describe('In words.'),
        faults: z.array(z.string()).describe('Why it is not complete, one sentence each.'),
      })
      .optional()
      .describe('How the inventory was read; absent: not known.'),
    memoryFaults: z
      .array(z.string())
      .optional()
      .describe(
        'Reports before the day that could not be used, and why, one sentence each; absent: there were none.',
      ),
    hasLaterReport: z
      .boolean()
      .optional()
      .describe('Whether a later day had a report already; absent: it was not asked.'),
    madeBy: z
      .record(z.string(), sha256Schema)
      .describe(
        'What it was made with, by name: sha-256 of the file, which is the name of a file in made-by/ of the plan.',
      ),
    routes: z
      .array(z.string())
      .optional()
      .describe(
        'Routes that the plan delivered by when the revision was made: mail, channel:NAME. Absent: not known. A route that is configured later is not owed it.',
      ),
    redaction: z
      .array(
        z.object({
          field: z.string().describe('Name of the field: principalName, tags.contact.'),
          by: z
            .enum(['hash', 'drop'])
            .describe('hash: a keyed hash stands in its place. drop: it was left out.'),
        }),
      )
      .optional()
      .describe(
        'What was taken out of records, inventory and configuration before anything was archived; absent: nothing.',
      ),
    signing: z
      .object({
        keyId: sha256Schema
          .nullable()
          .describe(
            'Id of the key: sha-256 of its public half. null: the key could not be used when the revision was made, and a later run signs it.',
          ),
      })
      .optional()
      .describe(
        'That the revision is signed: manifest.json.sig and manifest.json.dsse belong to it. Absent: the plan did not sign then.',
      ),
    timestamp: z
      .object({ authority: z.string().min(1).describe('Host of the time-stamping authority.') })
      .optional()
      .describe(
        'That the revision is to have a time stamp (RFC 3161): manifest.json.tsr, which is younger than the manifest. Absent: the plan had no authority then.',
      ),
    controlTotals: controlTotalsSchema.describe('Sum over the sources.'),
    sources: z.array(manifestSourceSchema).describe('Where the events come from.'),
    previousManifest: z
      .object({
        key: z.string().describe('Its key in the archive.'),
        sha256: sha256Schema.describe('Of its bytes.'),
      })
      .describe('A manifest in the archive.')
      .nullable()
      .describe(
        'The revision that the report continues: a chain from report to report; null at the start of the archive.',
      ),
    artefacts: z
      .array(artefactEntrySchema)
      .describe('Every file of the revision but this one, in the order of writing.'),
    templateFaults: z
      .array(templateFaultSchema)
      .optional()
      .describe(
        "Templates and messages of the company's own that could not be used when the files were made; absent: all could.",
      ),
  })
  .meta({
    title: 'manifest.json',
    description: 'The commit record of one archived revision: a revision exists when its manifest does.',
  });

export type Manifest = DeepReadonly<z.infer<typeof manifestSchema>>;

/** What manifests of version 1 do not have. */
type SinceVersion2 = 'runtime' | 'contentDigestVersion' | 'madeBy';

/** A manifest of an archive, of any version that this program can read. */
export type ArchivedManifest = Omit<Manifest, 'schemaVersion' | SinceVersion2> &
  Partial<Pick<Manifest, SinceVersion2>> & { readonly schemaVersion: 1 | 2 };
