import { z } from 'zod';
import { defaultMaxBridgeDays, defaultSettleDelayMs } from '../model/report-day.js';
import { serviceProfileSchema } from '../oci/service-profile.js';
import { archiveSchema } from './archive-schema.js';
import { azureSchema } from './azure-schema.js';
import { channelsSchema, heartbeatSchema } from './channels-schema.js';
import { mailSchema } from './mail-schema.js';
import { authSchema, ociCallsSchema, vaultPlaceSchema } from './oci-schema.js';
import { pageSchema } from './page-schema.js';
import { periodsSchema } from './periods-schema.js';
import { redactionFields, redactionFits } from './redact-schema.js';
import { scheduleSchema } from './schedule-schema.js';
import { signingSchema } from './signing-schema.js';
import { sourcesSchema } from './sources-schema.js';
import { brandingSchema, consoleUrlSchema, languageSchema, publicUrlSchema } from './theme-schema.js';
import { timestampSchema } from './timestamp-schema.js';
import { durationBetween, textValue, timezoneValue, wanted } from './values.js';

/** The keys that every plan has, in the order in which faults are told. Those of its kind stand between. */
const first = {
  plan: z
    .string(wanted('is required: a short name for the report plan, such as daily-backup'))
    .regex(/^[a-z0-9-]+$/, 'must consist of a-z, 0-9 and -'),
  /** The name that the plan had before: the first report under the new one goes on from the newest under that. */
  renamedFrom: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'must be the name that the plan had before, of a-z, 0-9 and -')
    .optional(),
  timezone: timezoneValue,
  /** Modules that bring kinds of report of a company's own (docs/own-modules.md). */
  kinds: z.array(textValue).optional(),
  /**
   * How long a scheduled run waits after the cut-off, and how far every reading looks ahead. A manual run does not wait.
   * With sources of Azure the default is longer: settle-delay.ts.
   */
  settleDelay: durationBetween('0s', '30d').default(defaultSettleDelayMs),
};

const reading = {
  /** How many days without a report the next report reads. */
  maxBridgeDays: z.int().min(1).max(366).default(defaultMaxBridgeDays),
  tolerateRejected: z.int().min(0).default(0),
  sources: sourcesSchema,
};

const look = {
  language: languageSchema,
  /** The company's own folder: its files take precedence over those that ship with the tool. */
  templates: textValue.optional(),
  branding: brandingSchema.prefault({}),
  page: pageSchema.prefault({}),
  consoleUrl: consoleUrlSchema,
  publicUrl: publicUrlSchema,
  archive: archiveSchema,
};

const delivery = {
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
  vault: vaultPlaceSchema,
  azure: azureSchema.optional(),
  /** What `doctor --probe-service` found out. Nothing that is read depends on it. */
  serviceProfile: serviceProfileSchema.default({}),
};

/** The keys that plans of every kind have, each with its schema. */
export const commonFields = { ...first, ...reading, ...look, ...delivery };

/** What every plan has, whatever its kind. */
export type Configuration = z.infer<z.ZodObject<typeof commonFields>> & {
  /** The kind of its reports. */
  readonly report: string;
};

/** The keys of a plan that one kind of report has besides those that every plan has. */
export interface KindKeys<F extends z.ZodRawShape = z.ZodRawShape> {
  /** Value of the key `report`. */
  readonly name: string;
  /** In the order in which faults are told. */
  readonly fields: F;
  /** Those of the fields that no byte of a report depends on, once its records are read; the others go to `made-by/`. */
  readonly besideReports: readonly (keyof F & string)[];
  /** Fields that are lists of rules with a `match`: a tag that one of them matches cannot be redacted. */
  readonly matching: readonly (keyof F & string)[];
  /** The log source of Log Analytics that has its records, where a plan names none; absent: a plan must name it. */
  readonly logSource?: string;
  /** What several keys say together, own and common ones: sources that it cannot read, fields that it must not redact. */
  readonly check?: PlanCheck;
}

/** Adds an issue for each fault, with its path. @param plan has every common key, and those of the kind, as parsed */
export type PlanCheck = (plan: Configuration, context: z.RefinementCtx) => void;

/** A configuration whose key `report` names this kind. */
export type KindConfiguration<K extends KindKeys> = Configuration & z.output<z.ZodObject<K['fields']>>;

/** All keys of plans of a kind, in the order in which faults are told. */
export function planFields({ name, fields }: KindKeys): z.ZodRawShape {
  const { plan, ...days } = first;
  const { lookbackDays, frameworks, ...judging } = fields;
  return {
    plan,
    report: z.literal(name).default(name),
    ...days,
    ...(lookbackDays !== undefined && { lookbackDays }),
    ...reading,
    ...judging,
    ...look,
    ...(frameworks !== undefined && { frameworks }),
    ...delivery,
  };
}

/**
 * The configuration file of plans of a kind. Unknown keys are errors.
 *
 * @param options.mayLackAzure for those who have left out the section of Azure and say so
 */
export function configurationSchemaOf<K extends KindKeys>(
  kind: K,
  { mayLackAzure = false }: { readonly mayLackAzure?: boolean } = {},
): z.ZodType<KindConfiguration<K>> {
  const schema = z.strictObject(planFields(kind)) as unknown as z.ZodType<KindConfiguration<K>>;
  return schema.superRefine((plan, context) => {
    redactionFits(plan, kind.matching, context);
    if (!mayLackAzure) azureIsThere(plan, context);
    isAnotherName(plan, context);
    kind.check?.(plan, context);
  });
}

/** Sources of Azure need a sign-in. */
function azureIsThere({ sources, azure }: Configuration, context: z.RefinementCtx): void {
  if (azure !== undefined || !sources.some(({ type }) => type === 'azure-monitor')) return;
  const message = 'is required for the source azure-monitor: azure: { signIn: { type: … } }';
  context.addIssue({ code: 'custom', path: ['azure'], message });
}

/** A plan was not renamed to what it was called. */
function isAnotherName({ plan, renamedFrom }: Configuration, context: z.RefinementCtx): void {
  if (renamedFrom !== plan) return;
  const message = 'is the name that the plan has; the name that it had before belongs here';
  context.addIssue({ code: 'custom', path: ['renamedFrom'], message });
}

/** The same of a plan that names no kind that there is: whatever keys the kinds have, it may have. */
export function unknownKindSchema(kinds: readonly KindKeys[]): z.ZodType<Configuration> {
  const fields = Object.assign({}, ...kinds.map((kind) => kind.fields)) as z.ZodRawShape;
  const taken = Object.fromEntries(Object.keys(fields).map((key) => [key, z.unknown().optional()]));
  const shape = planFields({ name: '', fields: taken, besideReports: [], matching: [] });
  const report = z.enum(kinds.map(({ name }) => name));
  return z.strictObject({ ...shape, report }) as unknown as z.ZodType<Configuration>;
}
