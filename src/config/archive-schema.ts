import { z } from 'zod';
import { bucketFields, durationBetween, textValue } from './values.js';

/** Prepended to every key: no leading slash, a trailing one. */
const keyPrefix = z
  .string()
  .regex(/^(?:[^/]+\/)*$/, 'must be empty or names that each end in /: backups/daily/')
  .default('');

export const archiveSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('file-system'),
    directory: textValue,
    lease: durationBetween('0s', '24h').default(30_000),
  }),
  z.strictObject({
    type: z.literal('object-storage'),
    ...bucketFields,
    prefix: keyPrefix,
    storageTier: z.enum(['Standard', 'InfrequentAccess']).default('Standard'),
    lease: durationBetween('0s', '24h').default(30_000),
  }),
]);
