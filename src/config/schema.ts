import { IANAZone } from 'luxon';
import { z } from 'zod';

const secondsPerUnit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const bytesPerUnit: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** `6h`, `30s`, `7d` -> milliseconds. */
const duration = z
  .string()
  .regex(/^\d+(s|m|h|d)$/, 'must be a number with s, m, h or d: 30s, 6h, 7d')
  .transform((text) => Number.parseInt(text, 10) * (secondsPerUnit[text.slice(-1)] ?? 1) * 1000);

/** `2MiB` or a number -> bytes. */
const bytes = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^\d+(B|KiB|MiB|GiB)$/, 'must be a number of bytes, or with B, KiB, MiB or GiB: 2MiB')
    .transform((text) => {
      const unit = text.replace(/^\d+/, '');
      return Number.parseInt(text, 10) * (bytesPerUnit[unit] ?? 1);
    }),
]);

const timezone = z
  .string('is required: an IANA time zone such as America/New_York')
  .refine((zone) => IANAZone.isValidZone(zone), 'must be an IANA time zone such as America/New_York');

/** A bare address, or a name before it in angle brackets. */
const address = z
  .string()
  .regex(/^(?:[^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/, 'must be a mail address such as ops@example.com');

const text = z.string().min(1, 'must not be empty');

const localFiles = z.strictObject({
  type: z.literal('local-files'),
  paths: z
    .array(text, 'is required: a list of files, folders or globs')
    .min(1, 'must name at least one path'),
});

const inventory = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('observed') }),
  z.strictObject({ type: z.literal('file'), path: text }),
]);

const archive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('file-system'),
    directory: text,
    lease: duration.default(30_000),
  }),
]);

const mail = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({
    type: z.literal('outbox'),
    directory: text,
    from: address,
    to: z.array(address).min(1, 'must name at least one recipient'),
    attach: z.array(z.enum(['xlsx'])).default(['xlsx']),
    maxMessageBytes: bytes.default(2 * 1024 * 1024),
  }),
]);

/** The configuration file (design section 10): what this version understands. Unknown keys are errors. */
export const configurationSchema = z.strictObject({
  plan: z
    .string('is required: a short name for the report plan, such as daily-backup')
    .regex(/^[a-z0-9-]+$/, 'must consist of a-z, 0-9 and -'),
  timezone,
  /** How long a scheduled run waits after the cut-off. A run by hand does not wait. */
  settleDelay: duration.default(6 * 60 * 60 * 1000),
  lookbackDays: z.int().min(0).max(366).default(7),
  tolerateRejected: z.int().min(0).default(0),
  sources: z
    .array(z.discriminatedUnion('type', [localFiles]), 'is required: a list of sources')
    .min(1, 'must name at least one source'),
  inventory: inventory.default({ type: 'observed' }),
  archive,
  mail: mail.default({ type: 'none' }),
});

export type Configuration = z.infer<typeof configurationSchema>;
