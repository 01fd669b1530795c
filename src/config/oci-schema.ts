import { z } from 'zod';
import { minuteMs } from '../base/time-units.js';
import { durationBetween, ociPlaceFields, ocidValue, regionValue, textValue } from './values.js';

const profile = {
  file: textValue.optional(),
  profile: textValue.default('DEFAULT'),
  passphrase: textValue.optional(),
};

/** How the program authenticates to OCI. */
export const authSchema = z.discriminatedUnion('type', [
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
    })
    .meta({ oneOf: [{ required: ['keyFile'] }, { required: ['privateKey'] }] }),
  z.strictObject({ type: z.literal('instance-principal') }),
  z.strictObject({ type: z.literal('resource-principal') }),
  z.strictObject({ type: z.literal('oke-workload-identity') }),
]);

/** How calls to OCI are made. */
export const ociCallsSchema = z.strictObject({
  /** A synchronous query of Log Analytics may take 60 seconds. */
  timeout: durationBetween('100ms', '1h').default(90_000),
  attempts: z.int().min(1).max(20).default(6),
  firstDelay: durationBetween('1ms', '10m').default(500),
  deadline: durationBetween('0s', '24h').default(10 * minuteMs),
});

/** Where the secrets of `${vault:OCID}` are; without it, in the region that an OCID names. */
export const vaultPlaceSchema = z.strictObject(ociPlaceFields).default({});
