import { DateTime } from 'luxon';
import { z } from 'zod';
import { hourMs } from '../base/time-units.js';
import { severities } from '../model/severity.js';
import { parseCadence } from '../reports/backup-compliance/rules/cadence.js';
import { frameworksSchema } from './frameworks-schema.js';
import { backupLogSource } from './source-checks.js';
import type { KindConfiguration, KindKeys } from './schema.js';
import type { ReportSettings } from './report-settings.js';
import {
  addressValue,
  durationBetween,
  namesAreUnique,
  ocidValue,
  regionValue,
  textValue,
  webUrlValue,
} from './values.js';

const inventory = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('observed') }),
  z.strictObject({ type: z.literal('file'), path: textValue }),
  z.strictObject({
    type: z.literal('oci'),
    /** Default: the region of the credentials. */
    regions: z.array(regionValue).min(1, 'must name at least one region').optional(),
    endpoint: webUrlValue.optional(),
    compartments: z.array(ocidValue).min(1, 'must name at least one compartment'),
    includeSubcompartments: z.boolean().default(true),
    resourceTypes: z
      .array(z.enum(['database', 'autonomous-database', 'volume', 'boot-volume']))
      .min(1, 'must name at least one type')
      .optional(),
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

/** Policies assign owners, so they cannot match them. Without any criterion, a policy matches everything. */
const match = z.strictObject(criteria).default({});

const anyMatch = z.strictObject({ ...criteria, owner: patterns.optional() });

/** An exception must not match everything. */
const someMatch = anyMatch
  .refine(hasCriterion, `must have at least one of ${knownCriteria}, owner`)
  .meta({ minProperties: 1 });

function hasCriterion(value: object): boolean {
  return Object.values(value).some((criterion) => criterion !== undefined);
}

/** null: as the backup policy assigned in OCI says, daily where there is none. */
const cadence = z
  .string()
  .meta({ title: 'cadence' })
  .transform((written, context) => {
    if (written === 'assigned') return null;
    const parsed = parseCadence(written);
    if (parsed !== undefined) return parsed;
    context.addIssue({
      code: 'custom',
      message: 'must be daily, weekdays:MON,TUE, weekly:SUN, monthly:1 (or monthly:last), or assigned',
    });
    return z.NEVER;
  });

/** Of at most three decimal places. */
const percentValue = z
  .number('must be a percentage such as 99.5')
  .min(0, 'must be from 0 to 100')
  .max(100, 'must be from 0 to 100')
  .refine((percent) => Number(percent.toFixed(3)) === percent, 'must have at most three decimal places')
  .meta({ title: 'percent, 0 to 100' });

const policy = z.strictObject({
  name: textValue.refine(
    (name) => name !== 'default',
    'must not be default: that is the one where none matches',
  ),
  match,
  cadence: cadence.default({ weekdays: [1, 2, 3, 4, 5, 6, 7], monthDays: [], words: 'daily' }),
  maxAge: durationBetween('1m', '3660d').optional(),
  maxDuration: durationBetween('1s', '366d').default(12 * hourMs),
  minRetention: durationBetween('1h', '36500d').optional(),
  maxRestoreAge: durationBetween('1h', '3660d').optional(),
  severity: z.enum(severities, `must be one of ${severities.join(', ')}`).default('medium'),
  owner: textValue.optional(),
  /** Least attainment of a period in percent; absent: that of the plan. */
  periodTarget: percentValue.optional(),
});

const civilDate = z
  .string()
  .refine(
    (date) => /^\d{4}-\d{2}-\d{2}$/.test(date) && DateTime.fromISO(date).isValid,
    'must be a date such as 2026-12-31',
  )
  .meta({ title: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const waiver = z.strictObject({
  match: someMatch,
  reason: textValue,
  ticket: textValue.optional(),
  approvedBy: textValue,
  /** The last report day for which it is valid. */
  expires: civilDate,
});

const share = z
  .string()
  .regex(/^\d{1,3}(\.\d+)? ?%$/, 'must be a share such as 20%')
  .meta({ title: 'share in percent' })
  .transform((written) => Number.parseFloat(written) / 100)
  .refine((part) => part <= 1, 'must be at most 100%');

const recipientGroup = z.strictObject({
  name: textValue,
  match: anyMatch.default({}),
  /** owner: the owner of each resource, if that is a mail address. */
  to: z.union([z.literal('owner'), z.array(addressValue).min(1, 'must name at least one recipient')], {
    error: 'must be a list of mail addresses, or owner',
  }),
});

/** The keys of a plan that only this kind of report has. */
const fields = {
  /** How far the first report looks back; later reports continue the one before. */
  lookbackDays: z.int().min(0).max(366).default(7),
  /** What should be backed up. */
  inventory: inventory.default({ type: 'observed' }),
  /** First match wins. */
  policies: z.array(policy).default([]).superRefine(namesAreUnique),
  exclude: z.array(z.strictObject({ match: someMatch, reason: textValue })).default([]),
  waivers: z.array(waiver).default([]),
  /** A waiver that covers more of the estate than this is a finding. */
  maxWaivedShare: share.default(0.2),
  recipients: z.array(recipientGroup).default([]).superRefine(namesAreUnique),
  /** Least attainment of a period in percent, for the plan and each team. */
  periodTarget: percentValue.optional(),
  frameworks: frameworksSchema,
};

export const backupComplianceKeys = {
  name: 'backup-compliance',
  fields,
  besideReports: ['periodTarget'],
  matching: ['policies', 'exclude', 'waivers', 'recipients'],
  logSource: backupLogSource,
} satisfies KindKeys<typeof fields>;

export type BackupComplianceConfiguration = KindConfiguration<typeof backupComplianceKeys>;

/** What its reports are made by. */
export type BackupComplianceSettings = ReportSettings &
  Omit<z.output<z.ZodObject<typeof fields>>, 'periodTarget'>;

const recipientsSchema = z.object({ recipients: fields.recipients });

/** The rules of recipients' parts in archived settings; null: this version cannot read them. */
export function recipientsIn(settings: Uint8Array): BackupComplianceSettings['recipients'] | null {
  try {
    const read = recipientsSchema.safeParse(JSON.parse(Buffer.from(settings).toString('utf8')));
    return read.success ? read.data.recipients : null;
  } catch {
    return null;
  }
}
