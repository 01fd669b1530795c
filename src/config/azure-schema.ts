import { z } from 'zod';
import { minuteMs } from '../base/time-units.js';
import { durationBetween, textValue } from './values.js';

/** The SDK sends tokens over TLS alone. */
const secureUrlValue = z.url({ protocol: /^https$/, error: 'must be a URL with https://' });

export const guidValue = z
  .string()
  .regex(
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    'must be a GUID: 00000000-0000-0000-0000-000000000000',
  );

/** A GUID, or a name such as contoso.onmicrosoft.com. */
const tenantValue = z.string().regex(/^[0-9a-z.-]+$/i, 'must be the GUID or the domain of the tenant');

/** How the program signs in to Azure. */
const signInSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('client-secret'),
    tenantId: tenantValue,
    clientId: guidValue,
    clientSecret: textValue,
  }),
  z.strictObject({
    type: z.literal('workload-identity'),
    tenantId: tenantValue.optional(),
    clientId: guidValue.optional(),
    tokenFile: textValue.optional(),
  }),
  z.strictObject({ type: z.literal('managed-identity'), clientId: guidValue.optional() }),
  z.strictObject({ type: z.literal('default'), tenantId: tenantValue.optional() }),
]);

/** What all sources of Azure share. */
export const azureSchema = z.strictObject({
  cloud: z.enum(['public', 'usgov', 'china'], 'must be public, usgov or china').default('public'),
  signIn: signInSchema,
  /** Other places than the cloud's: private links, new names of the service, tests. */
  endpoint: secureUrlValue.optional(),
  authority: secureUrlValue.optional(),
  audience: secureUrlValue.optional(),
  /** File of PEM certificates to trust besides those of Node.js. */
  ca: textValue.optional(),
  /** A query may take 180 seconds. */
  timeout: durationBetween('1s', '10m').default(200_000),
  attempts: z.int().min(1).max(20).default(6),
  firstDelay: durationBetween('1ms', '10m').default(500),
  deadline: durationBetween('0s', '24h').default(10 * minuteMs),
});
