import { z } from 'zod';
import { dayMs, minuteMs } from '../base/time-units.js';
import { loggingSearchSchema, ociAuditSchema } from './audit-sources-schema.js';
import { budgetValue, commonSourceFields as common } from './source-fields.js';
import { guidValue } from './azure-schema.js';
import { ownModuleFields } from './module-schema.js';
import {
  bucketFields,
  durationBetween,
  namesAreUnique,
  ocidValue,
  ociPlaceFields,
  textValue,
  wanted,
} from './values.js';

/** What lies beside the records and holds none: hidden files, the mark of a finished job, a note for people. */
export const standardIgnore = ['.*', '_SUCCESS', 'README*'];

const ignoreValue = z.array(textValue).default(standardIgnore);

const localFiles = z.strictObject({
  type: z.literal('local-files'),
  ...common,
  ignore: ignoreValue,
  paths: z
    .array(textValue, wanted('is required: a list of files, folders or globs'))
    .min(1, 'must name at least one path'),
});

const logAnalytics = z.strictObject({
  type: z.literal('log-analytics'),
  ...common,
  ...ociPlaceFields,
  namespace: textValue.optional(),
  compartmentId: ocidValue,
  includeSubcompartments: z.boolean().default(true),
  /** Each kind of report has its own default, or none: log-source.ts. */
  logSource: z
    .string(
      wanted(
        "is required for this kind of report: the log source that has its records, such as 'OCI Audit Logs'",
      ),
    )
    .min(1, 'must not be empty')
    .regex(/^[^'"\\|\p{Cc}]*$/u, 'must not contain quotes, backslashes, | or control characters')
    .refine(
      (name) => name.length <= 255,
      'must have at most 255 characters: names of log sources are not longer',
    ),
  ingestionDelay: durationBetween('0s', '30d').default(dayMs),
  exportAbove: z.int().min(0).default(200_000),
  aggregate: z.enum(['none', 'server']).default('none'),
  parallel: z.int().min(1).max(16).default(4),
  pollInterval: durationBetween('1ms', '1m').default(500),
  budget: budgetValue.optional(),
});

const objectStorageSource = z.strictObject({
  type: z.literal('object-storage'),
  ...common,
  ignore: ignoreValue,
  ...bucketFields,
  prefix: z.string().default(''),
  margin: durationBetween('0s', '36500d').default(dayMs),
  budget: budgetValue.optional(),
});

const streaming = z
  .strictObject({
    type: z.literal('streaming'),
    ...common,
    ...ociPlaceFields,
    streamId: ocidValue,
    cursor: z.enum(['time', 'group']).default('time'),
    group: textValue.optional(),
    ingestionDelay: durationBetween('0s', '30d').default(dayMs),
    limit: z.int().min(1).max(10_000).default(1000),
    budget: budgetValue.optional(),
  })
  .refine(({ cursor, group }) => (cursor === 'group') === (group !== undefined), {
    error: 'group must be set with cursor: group, and only there',
    path: ['group'],
  });

const azureMonitor = z.strictObject({
  type: z.literal('azure-monitor'),
  ...common,
  workspaces: z
    .array(guidValue, wanted('is required: a list of workspace ids'))
    .min(1, 'must name at least one workspace')
    .max(100)
    .refine(areDifferent, 'names a workspace twice'),
  /** How long before the day rows of its jobs may have come. */
  longestJob: durationBetween('1h', '30d').default(dayMs),
  ingestionDelay: durationBetween('0s', '30d').default(dayMs),
  /** All rows of a query are in memory at once; the service gives 500,000 at most. */
  rowsPerQuery: z.int().min(100).max(100_000).default(20_000),
  /** The service runs five queries of a principal at the same time. */
  parallel: z.int().min(1).max(5).default(2),
  budget: budgetValue.optional(),
});

function areDifferent(ids: readonly string[]): boolean {
  return new Set(ids.map((id) => id.toLowerCase())).size === ids.length;
}

const dataSafe = z.strictObject({
  type: z.literal('data-safe'),
  ...common,
  ...ociPlaceFields,
  compartmentId: ocidValue,
  includeSubcompartments: z.boolean().default(true),
  trailsTimeout: durationBetween('1s', '30m').default(2 * minuteMs),
  budget: budgetValue.optional(),
});

// `npm run new` adds sections of sources above this line.

const ownModule = z.strictObject({ ...ownModuleFields, ...common });

export const sourcesSchema = z
  .array(
    z.discriminatedUnion('type', [
      localFiles,
      logAnalytics,
      objectStorageSource,
      streaming,
      ociAuditSchema,
      loggingSearchSchema,
      azureMonitor,
      dataSafe,
      // `npm run new` adds sources above this line.
      ownModule,
    ]),
    wanted('is required: a list of sources'),
  )
  .min(1, 'must name at least one source')
  .superRefine(namesAreUnique)
  .refine(isPairedAlone, {
    error:
      'aggregate: server pairs events without their ids, so every source must be log-analytics with aggregate: server',
  });

/** Otherwise a pair and a single record of the same event could not be recognised as duplicates. */
function isPairedAlone(sources: readonly { readonly type: string; readonly aggregate?: string }[]): boolean {
  const paired = sources.filter(({ aggregate }) => aggregate === 'server').length;
  return paired === 0 || paired === sources.length;
}
