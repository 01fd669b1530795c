import { z } from 'zod';
import { faultOfSigningKey } from '../signing/key-pair.js';
import { UnreachableText } from './unreachable-text.js';
import { ociPlaceFields, ocidValue } from './values.js';

/** The private key itself. One that is not there now is looked for again by the next run. */
const keyValue = z
  .unknown()
  .meta({ title: 'private key in PEM', type: 'string' })
  .transform((given, context): string | UnreachableText => {
    if (given instanceof UnreachableText) return given;
    const fault = typeof given === 'string' ? faultOfSigningKey(given) : 'must be text';
    if (typeof given === 'string' && fault === null) return given;
    context.addIssue({ code: 'custom', message: fault ?? 'must be text' });
    return z.NEVER;
  });

const secretIdValue = ocidValue.refine(
  (ocid) => /^ocid1\.vaultsecret\./i.test(ocid),
  'must be the OCID of a secret: ocid1.vaultsecret.oc1..…',
);

/** What signs the manifests of reports. */
export const signingSchema = z
  .strictObject({
    /** PKCS#8 in PEM: `${file:./signing-key.pem}`, or an environment variable. */
    key: keyValue.optional(),
    /** The same as the current version of a secret of OCI Vault. */
    vault: z.strictObject({ secretId: secretIdValue, ...ociPlaceFields }).optional(),
  })
  .refine(({ key, vault }) => (key === undefined) !== (vault === undefined), {
    error: 'needs key or vault, one of the two',
  })
  .meta({ oneOf: [{ required: ['key'] }, { required: ['vault'] }] });
