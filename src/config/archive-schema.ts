import { z } from 'zod';
import { bucketFields, durationValue, textValue } from './values.js';

/** Prepended to every key: no leading slash, a trailing one. */
const keyPrefix = z
  .string()
  .regex(/^(?:[^/]+\/)*$/, 'must be empty or names that each end in /: backups/daily/')
  .default('');

export const archiveSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('file-system'),
    directory: textValue,
    lease: durationValue.default(30_000),
  }),
  z.strictObject({
    type: z.literal('object-storage'),
    ...bucketFields,
    prefix: keyPrefix,
    storageTier: z.enum(['Standard', 'InfrequentAccess']).default('Standard'),
    lease: durationValue.default(30_000),
  }),
]);
