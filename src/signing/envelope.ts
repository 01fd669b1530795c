import { z } from 'zod';
import type { SignatureKey } from '../ports/signer.js';
import { preAuthenticationEncoding } from './pre-authentication.js';

/** A DSSE envelope, read: https://github.com/secure-systems-lab/dsse/blob/master/envelope.md */
export interface SignedEnvelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly {
    /** A hint, as DSSE has it: null where there is none. */
    readonly keyId: string | null;
    readonly signature: Uint8Array;
  }[];
}

/** The archived envelope of a payload, signed by one key: JSON with a newline at its end. */
export function sealEnvelope(payloadType: string, payload: Uint8Array, key: SignatureKey): Uint8Array {
  const signature = key.sign(preAuthenticationEncoding(payloadType, payload));
  const envelope = {
    payloadType,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ keyid: key.keyId, sig: Buffer.from(signature).toString('base64') }],
  };
  return Buffer.from(`${JSON.stringify(envelope, null, 2)}\n`);
}

/** Standard or URL-safe, as DSSE lets writers choose. */
const base64 = z.string().regex(/^[A-Za-z0-9+/_-]*={0,2}$/);

const envelopeSchema = z.object({
  payloadType: z.string(),
  payload: base64,
  signatures: z.array(z.object({ keyid: z.string().optional(), sig: base64 })).min(1),
});

/** null: the bytes are no envelope. */
export function readEnvelope(bytes: Uint8Array): SignedEnvelope | null {
  let written: unknown;
  try {
    written = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
  const parsed = envelopeSchema.safeParse(written);
  if (!parsed.success) return null;
  const { payloadType, payload, signatures } = parsed.data;
  return {
    payloadType,
    payload: Buffer.from(payload, 'base64'),
    signatures: signatures.map(({ keyid, sig }) => ({
      keyId: keyid ?? null,
      signature: Buffer.from(sig, 'base64'),
    })),
  };
}
