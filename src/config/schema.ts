import { DateTime } from 'luxon';
import { z } from 'zod';
import { parseCadence } from '../reports/backup-compliance/rules/cadence.js';
import { severities } from '../reports/backup-compliance/model/policy.js';
import { mail } from './mail-schema.js';
import { channels, heartbeat, scheduleSchema } from './schedule-schema.js';
import {
  addressValue,
  durationValue,
  endpointValue,
  ocidValue,
  ociPlaceFields,
  regionValue,
  textValue,
  timezoneValue,
} from './values.js';

const localFiles = z.strictObject({
  type: z.literal('local-files'),
  paths: z
    .array(textValue, 'is required: a list of files, folders or globs')
    .min(1, 'must name at least one path'),
});

const bucket = {
  ...ociPlaceFields,
  namespace: textValue.optional(),
  bucket: textValue,
};

/** Below it lie keys: no slash at its beginning, one at its end. */
const keyPrefix = z
  .string()
  .regex(/^(?:[^/]+\/)*$/, 'must be empty or names that each end in /: backups/daily/')
  .default('');

const logAnalytics = z.strictObject({
  type: z.literal('log-analytics'),
  ...ociPlaceFields,
  namespace: textValue.optional(),
  compartmentId: ocidValue,
  includeSubcompartments: z.boolean().default(true),
  logSource: textValue
    .regex(/^[^'"\\|\p{Cc}]{1,255}$/u, 'must not contain quotes, backslashes, | or control characters')
    .default('OCI_Backup_Event_Source'),
  ingestionDelay: durationValue.default(24 * 60 * 60 * 1000),
  exportAbove: z.int().min(0).default(200_000),
  aggregate: z.enum(['none', 'server']).default('none'),
  parallel: z.int().min(1).max(16).default(4),
  pollInterval: durationValue.default(500),
});

const objectStorageSource = z.strictObject({
  type: z.literal('object-storage'),
  ...bucket,
  prefix: z.string().default(''),
  margin: durationValue.default(24 * 60 * 60 * 1000),
});

const streaming = z
  .strictObject({
    type: z.literal('streaming'),
    ...ociPlaceFields,
    streamId: ocidValue,
    cursor: z.enum(['time', 'group']).default('time'),
    group: textValue.optional(),
    ingestionDelay: durationValue.default(24 * 60 * 60 * 1000),
    limit: z.int().min(1).max(10_000).default(1000),
  })
  .refine(({ cursor, group }) => (cursor === 'group') === (group !== undefined), {
    error: 'group is for cursor: group, and needed there',
    path: ['group'],
  });

const profile = {
  file: textValue.optional(),
  profile: textValue.default('DEFAULT'),
  passphrase: textValue.optional(),
};

const auth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('config-file'), ...profile }),
  z.strictObject({ type: z.literal('session-token'), ...profile }),
  z
    .strictObject({
      type: z.literal('api-key'),
      tenancy: ocidValue,
      user: ocidValue,
      fingerprint: textValue,
      region: regionValue.optional(),
      keyFile: textValue.optional(),
      privateKey: textValue.optional(),
      passphrase: textValue.optional(),
    })
    .refine(({ keyFile, privateKey }) => (keyFile === undefined) !== (privateKey === undefined), {
      error: 'needs keyFile or privateKey, one of the two',
    }),
  z.strictObject({ type: z.literal('instance-principal') }),
  z.strictObject({ type: z.literal('resource-principal') }),
  z.strictObject({ type: z.literal('oke-workload-identity') }),
]);

/** How calls to OCI are made. */
const oci = z.strictObject({
  /** A synchronous query of Log Analytics may take 60 seconds. */
  timeout: durationValue.default(90_000),
  attempts: z.int().min(1).max(20).default(6),
  firstDelay: durationValue.default(500),
  deadline: durationValue.default(10 * 60_000),
});

const inventory = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('observed') }),
  z.strictObject({ type: z.literal('file'), path: textValue }),
  z.strictObject({
    type: z.literal('oci'),
    /** The region of the credentials where none is named. */
    regions: z.array(regionValue).min(1, 'must name at least one region').optional(),
    endpoint: endpointValue.optional(),
    compartments: z.array(ocidValue).min(1, 'must name at least one compartment'),
    includeSubcompartments: z.boolean().default(true),
    resourceTypes: z
      .array(z.enum(['database', 'autonomous-database', 'volume', 'boot-volume']))
      .min(1, 'must name at least one type')
      .optional(),
  }),
]);

const archive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('file-system'),
    directory: textValue,
    lease: durationValue.default(30_000),
  }),
  z.strictObject({
    type: z.literal('object-storage'),
    ...bucket,
    prefix: keyPrefix,
    storageTier: z.enum(['Standard', 'InfrequentAccess']).default('Standard'),
    lease: durationValue.default(30_000),
  }),
]);

/** One pattern or several. */
const patterns = z.union(
  [textValue.transform((one) => [one]), z.array(textValue).min(1, 'must name at least one')],
  {
    error: 'must be a text or a list of texts; * stands for any characters',
  },
);

const criteria = {
  resourceType: patterns.optional(),
  compartment: patterns.optional(),
  name: patterns.optional(),
  resourceId: patterns.optional(),
  tags: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).optional(),
};

const knownCriteria = 'resourceType, compartment, name, resourceId, tags';

/** Policies give owners, so they cannot ask for them. Without a criterion it is one for everything. */
const match = z.strictObject(criteria).default({});

const anyMatch = z.strictObject({ ...criteria, owner: patterns.optional() });

/** An exception from everything would be none. */
const someMatch = anyMatch.refine(hasCriterion, `must have at least one of ${knownCriteria}, owner`);

function hasCriterion(value: object): boolean {
  return Object.values(value).some((criterion) => criterion !== undefined);
}

/** null: as the backup policy that OCI has assigned says, daily where it says nothing. */
const cadence = z.string().transform((written, context) => {
  if (written === 'assigned') return null;
  const parsed = parseCadence(written);
  if (parsed !== undefined) return parsed;
  context.addIssue({
    code: 'custom',
    message: 'must be daily, weekdays:MON,TUE, weekly:SUN, monthly:1 (or monthly:last), or assigned',
  });
  return z.NEVER;
});

const policy = z.strictObject({
  name: textValue.refine(
    (name) => name !== 'default',
    'must not be default: that is the one where none matches',
  ),
  match,
  cadence: cadence.default({ weekdays: [1, 2, 3, 4, 5, 6, 7], monthDays: [], words: 'daily' }),
  maxAge: durationValue.optional(),
  maxDuration: durationValue.default(12 * 60 * 60 * 1000),
  minRetention: durationValue.optional(),
  maxRestoreAge: durationValue.optional(),
  severity: z.enum(severities, `must be one of ${severities.join(', ')}`).default('medium'),
  owner: textValue.optional(),
});

const civilDate = z
  .string()
  .refine(
    (date) => /^\d{4}-\d{2}-\d{2}$/.test(date) && DateTime.fromISO(date).isValid,
    'must be a date such as 2026-12-31',
  );

const waiver = z.strictObject({
  match: someMatch,
  reason: textValue,
  ticket: textValue.optional(),
  approvedBy: textValue,
  /** The last report day that it holds for. */
  expires: civilDate,
});

const share = z
  .string()
  .regex(/^\d{1,3}(\.\d+)? ?%$/, 'must be a share such as 20%')
  .transform((written) => Number.parseFloat(written) / 100)
  .refine((part) => part <= 1, 'must be at most 100%');

const recipients = z.strictObject({
  name: textValue,
  match: anyMatch.default({}),
  /** owner: the owner of each resource, where that is a mail address. */
  to: z.union([z.literal('owner'), z.array(addressValue).min(1, 'must name at least one recipient')], {
    error: 'must be a list of mail addresses, or owner',
  }),
});

const branding = z.strictObject({
  company: textValue.optional(),
  /** PNG, JPEG or SVG. */
  logo: textValue.regex(/\.(png|jpe?g|svg)$/i, 'must be a .png, .jpg or .svg file').optional(),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, "must be a colour such as '#c74634'")
    .optional(),
  footer: textValue.optional(),
});

/** A pair and a record of one event are not recognised as one. */
function isPairedAlone(sources: readonly { readonly type: string; readonly aggregate?: string }[]): boolean {
  const paired = sources.filter(({ aggregate }) => aggregate === 'server').length;
  return paired === 0 || paired === sources.length;
}

function namesAreUnique(
  rules: readonly { readonly name: string }[],
  context: { addIssue: (issue: { code: 'custom'; path: PropertyKey[]; message: string }) => void },
): void {
  const seen = new Set<string>();
  for (const [index, { name }] of rules.entries()) {
    if (seen.has(name)) {
      context.addIssue({ code: 'custom', path: [index, 'name'], message: `${name} is there already` });
    }
    seen.add(name);
  }
}

/** The configuration file (design section 10): what this version understands. Unknown keys are errors. */
export const configurationSchema = z.strictObject({
  plan: z
    .string('is required: a short name for the report plan, such as daily-backup')
    .regex(/^[a-z0-9-]+$/, 'must consist of a-z, 0-9 and -'),
  timezone: timezoneValue,
  /** How long a scheduled run waits after the cut-off. A run by hand does not wait. */
  settleDelay: durationValue.default(6 * 60 * 60 * 1000),
  lookbackDays: z.int().min(0).max(366).default(7),
  tolerateRejected: z.int().min(0).default(0),
  sources: z
    .array(
      z.discriminatedUnion('type', [localFiles, logAnalytics, objectStorageSource, streaming]),
      'is required: a list of sources',
    )
    .min(1, 'must name at least one source')
    .refine(isPairedAlone, {
      error:
        'aggregate: server pairs events without their ids, so every source must be log-analytics with aggregate: server',
    }),
  inventory: inventory.default({ type: 'observed' }),
  /** First match wins. */
  policies: z.array(policy).default([]).superRefine(namesAreUnique),
  exclude: z.array(z.strictObject({ match: someMatch, reason: textValue })).default([]),
  waivers: z.array(waiver).default([]),
  /** A waiver that holds for more of the estate than that is a finding. */
  maxWaivedShare: share.default(0.2),
  recipients: z.array(recipients).default([]).superRefine(namesAreUnique),
  /** Of the reports: a folder of messages/ in the templates. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language such as en or de')
    .default('en'),
  /** A folder of one's own: what it has goes before what comes with the tool. */
  templates: textValue.optional(),
  branding: branding.prefault({}),
  archive,
  mail: mail.default({ type: 'none' }),
  schedule: scheduleSchema.prefault({}),
  /** Other ways in which a report is told of. */
  channels: z.array(channels).default([]).superRefine(namesAreUnique),
  heartbeat: heartbeat.optional(),
  auth: auth.default({ type: 'config-file', profile: 'DEFAULT' }),
  oci: oci.prefault({}),
});

export type Configuration = z.infer<typeof configurationSchema>;
