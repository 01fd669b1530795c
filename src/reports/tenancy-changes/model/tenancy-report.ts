import { z } from 'zod';
import type { DeepReadonly } from '../../../base/deep-readonly.js';
import { countSchema, dateSchema, instantSchema } from '../../../model/document-values.js';
import { previousReportSchema } from '../../../model/previous-report.js';
import { reportHeadSchema } from '../../../model/report-head.js';
import { changeSchema } from './change.js';

/** How many changes a list of report.json has at most; changes.ndjson.gz has all of them. */
export const mostListed = 200;

/** How many rows a table of report.json has at most; the others are added up in one row without a name. */
export const mostRows = 500;

const byActionSchema = z.object({
  created: countSchema.describe('Something was created.'),
  updated: countSchema.describe('Something was changed.'),
  deleted: countSchema.describe('Something was deleted, or is to be.'),
  other: countSchema.describe('Anything else, or what is not known.'),
});

const byResultSchema = z.object({
  succeeded: countSchema.describe('2xx and 3xx.'),
  refused: countSchema.describe('401, 403 and 404: nothing was changed.'),
  failed: countSchema.describe('Any other 4xx and 5xx.'),
  unknown: countSchema.describe('Without a status: nobody knows.'),
});

export const countsShape = {
  changes: countSchema.describe('Changes that ended in the day; those still running are none of them.'),
  byAction: byActionSchema.describe('The same by what they were to do, whatever came of it.'),
  byResult: byResultSchema.describe('The same by how they ended.'),
  done: byActionSchema.describe('Those that succeeded, by what they did.'),
  backupRelevant: countSchema.describe('Those that touch backups or what protects them.'),
};

const countsSchema = z.object(countsShape);

export const totalsSchema = z
  .object({
    ...countsShape,
    running: countSchema.describe('Changes that had begun and not ended at the cut-off.'),
    reads: countSchema.describe('Records of the day that only read; they are counted and left out.'),
    removedProtection: countSchema.describe(
      'Changes that took away a backup or a protection, or of which nobody knows that they did not.',
    ),
    unknownVerb: countSchema.describe('Changes and running ones of which no record has a verb.'),
    firstSeen: countSchema
      .nullable()
      .describe('Principals that were never seen before, as far as known; null: not known yet.'),
  })
  .describe('The day in numbers: changes = sum of byAction = sum of byResult; lines = changes + running.');

const rowSchema = (what: string) =>
  z
    .object({
      id: z.string().nullable().describe('OCID in lower case; null: not told, or there is none.'),
      name: z
        .string()
        .nullable()
        .describe(`Name of the ${what}; null: not told. The last row may be of all others.`),
      others: countSchema.describe('How many are added up in this row; 0: it is of one.'),
      ...countsShape,
    })
    .describe(`One ${what}: the rows add up to totals.`);

const listSchema = (what: string) =>
  z
    .object({
      total: countSchema.describe('How many there are.'),
      changes: z.array(changeSchema).max(mostListed).describe('The first 200 of them.'),
    })
    .describe(what);

export const tenancyReportSchema = reportHeadSchema
  .extend({
    kind: z.literal('tenancy-changes').describe('Kind of report.'),
    totals: totalsSchema,
    removals: listSchema('Backups and protections that were taken away, or may have been; oldest first.'),
    backupChanges: listSchema('All other changes that touch backups, whatever came of them; oldest first.'),
    deletions: listSchema('Other deletions that succeeded, or may have; oldest first.'),
    refusals: listSchema('Other changes that were refused; oldest first.'),
    failures: listSchema('Other changes that failed; oldest first.'),
    unknowns: listSchema('Other changes without a verb or without a status; oldest first.'),
    running: listSchema('Changes that were running at the cut-off; oldest first.'),
    services: z.array(rowSchema('service')).max(mostRows + 1),
    compartments: z.array(rowSchema('compartment')).max(mostRows + 1),
    principals: z.array(rowSchema('principal')).max(mostRows + 1),
    hours: z
      .array(
        z.object({
          start: instantSchema.describe('When the hour begins.'),
          changes: countSchema.describe('Changes that ended in it.'),
          deleted: countSchema.describe('Those of them that deleted something and succeeded.'),
        }),
      )
      .describe('Changes by the hour in which they ended: 23, 24 or 25 of them.'),
    firstSeen: z
      .object({
        knownDays: countSchema.describe('Days before the report day whose principals are known.'),
        principals: z
          .array(
            z.object({
              id: z.string().describe('OCID of the principal, or its name where no OCID is told.'),
              name: z.string().nullable().describe('Name; null: not told.'),
              changes: countSchema.describe('Changes of the day.'),
            }),
          )
          .max(mostListed)
          .nullable()
          .describe('Those first seen on this day, by name; null: too few days are known to say.'),
      })
      .describe('Principals that were not seen on any day that is known.'),
    readOperations: z
      .array(
        z.object({
          service: z.string().describe('Service.'),
          eventName: z.string().describe('Operation; empty: of all others.'),
          verb: z.string().describe('Verb of HTTP; empty: of all others.'),
          reads: countSchema.describe('Records of the day.'),
        }),
      )
      .max(mostRows + 1)
      .describe('What was only read, the most frequent first; adds up to totals.reads.'),
    previousReport: previousReportSchema.nullable(),
    knownSince: instantSchema.describe('Since when every record is known, without a gap.'),
    principalsKnownSince: dateSchema.nullable().describe('First day whose principals are known.'),
  })
  .meta({
    title: 'report.json of tenancy-changes',
    description: 'What was changed in a tenancy on one day, by whom, from where and with what result.',
  });

/** Times are ISO 8601 UTC. */
export type TenancyReport = DeepReadonly<z.infer<typeof tenancyReportSchema>>;

export type TenancyTotals = TenancyReport['totals'];
export type ChangeCounts = DeepReadonly<z.infer<typeof countsSchema>>;
export type ChangeRow = TenancyReport['services'][number];
export type ChangeList = TenancyReport['removals'];
