import { z } from 'zod';
import { defaultMaxBridgeDays, defaultSettleDelayMs } from '../model/report-day.js';
import { serviceProfileSchema } from '../oci/service-profile.js';
import { archiveSchema } from './archive-schema.js';
import { backupComplianceFields } from './backup-compliance-schema.js';
import { channelsSchema, heartbeatSchema } from './channels-schema.js';
import { frameworksSchema } from './frameworks-schema.js';
import { mailSchema } from './mail-schema.js';
import { authSchema, ociCallsSchema } from './oci-schema.js';
import { pageSchema } from './page-schema.js';
import { periodsSchema } from './periods-schema.js';
import { redactionFields, redactionFits } from './redact-schema.js';
import { scheduleSchema } from './schedule-schema.js';
import { signingSchema } from './signing-schema.js';
import { sourcesSchema } from './sources-schema.js';
import { brandingSchema, consoleUrlSchema, languageSchema, publicUrlSchema } from './theme-schema.js';
import { timestampSchema } from './timestamp-schema.js';
import { durationBetween, textValue, timezoneValue, wanted } from './values.js';

const { lookbackDays, ...judgingFields } = backupComplianceFields;

/** The configuration file. Unknown keys are errors; faults are listed in the order of the keys here. */
export const planSchema = z.strictObject({
  plan: z
    .string(wanted('is required: a short name for the report plan, such as daily-backup'))
    .regex(/^[a-z0-9-]+$/, 'must consist of a-z, 0-9 and -'),
  timezone: timezoneValue,
  /** How long a scheduled run waits after the cut-off, and how far every reading looks ahead. A manual run does not wait. */
  settleDelay: durationBetween('0s', '30d').default(defaultSettleDelayMs),
  lookbackDays,
  /** How many days without a report the next report reads. */
  maxBridgeDays: z.int().min(1).max(366).default(defaultMaxBridgeDays),
  tolerateRejected: z.int().min(0).default(0),
  sources: sourcesSchema,
  ...judgingFields,
  language: languageSchema,
  /** The company's own folder: its files take precedence over those that ship with the tool. */
  templates: textValue.optional(),
  branding: brandingSchema.prefault({}),
  page: pageSchema.prefault({}),
  consoleUrl: consoleUrlSchema,
  publicUrl: publicUrlSchema,
  archive: archiveSchema,
  frameworks: frameworksSchema,
  ...redactionFields,
  mail: mailSchema.default({ type: 'none' }),
  schedule: scheduleSchema.prefault({}),
  /** Reports of periods that the schedule makes when their last day has settled. */
  periods: periodsSchema,
  channels: channelsSchema,
  heartbeat: heartbeatSchema.optional(),
  signing: signingSchema.optional(),
  timestamp: timestampSchema.optional(),
  auth: authSchema.default({ type: 'config-file', profile: 'DEFAULT' }),
  oci: ociCallsSchema.prefault({}),
  /** What `doctor --probe-service` found out. Nothing that is read depends on it. */
  serviceProfile: serviceProfileSchema.default({}),
});

export const configurationSchema = planSchema.superRefine(redactionFits);

export type Configuration = z.infer<typeof configurationSchema>;
