import { z } from 'zod';
import { parseInstant } from '../base/instants.js';
import { sha256Hex } from '../base/digest.js';
import type { Attestation, AttestationFault } from '../model/attestation.js';
import type { SignatureKey } from '../ports/signer.js';
import { readEnvelope, sealEnvelope } from './envelope.js';
import type { KeyRing } from './key-record.js';
import { preAuthenticationEncoding } from './pre-authentication.js';
import type { SignatureFile } from './signature-files.js';
import { statementPayloadType, statementType } from './statement.js';
import { type SignatureVerdict, verifyDetached } from './verify-signature.js';

/** What our predicates are; the number is the version of their form. */
export const attestationPredicateType = 'urn:oci-backup-reporter:attestation:1';

/**
 * The signatures of an attestation: `<sha256>.json.sig` (the raw signature of its bytes) and `<sha256>.json.dsse` (an envelope
 * with an in-toto statement whose subject is the file, and whose predicate is what it says).
 *
 * @param bytes of the file as archived
 */
export function attestationSignatures(
  bytes: Uint8Array,
  attestation: Attestation,
  key: SignatureKey,
): readonly SignatureFile[] {
  const sha256 = sha256Hex(bytes);
  const name = `${sha256}.json`;
  const statement = {
    _type: statementType,
    subject: [{ name, digest: { sha256 } }],
    predicateType: attestationPredicateType,
    predicate: { ...attestation, signedAt: attestation.attestedAt },
  };
  const payload = Buffer.from(JSON.stringify(statement));
  return [
    { name: `${name}.sig`, bytes: key.sign(bytes), mediaType: 'application/octet-stream' },
    {
      name: `${name}.dsse`,
      bytes: sealEnvelope(statementPayloadType, payload, key),
      mediaType: 'application/vnd.dsse.envelope.v1+json',
    },
  ];
}

/** The files beside an attestation; null: one is not there, or cannot be read. */
export interface AttestationSignatures {
  readonly detached: Uint8Array | null;
  readonly envelope: Uint8Array | null;
}

/**
 * Why an attestation that names a key does not count; null: both of its signatures are right, and by that key.
 *
 * @param bytes of the file, whose digest is its name
 */
export function faultOfSignatures(
  bytes: Uint8Array,
  { signing, attestedAt }: Pick<Attestation, 'signing' | 'attestedAt'>,
  { detached, envelope }: AttestationSignatures,
  keys: KeyRing,
): AttestationFault | null {
  if (signing === null || detached === null || envelope === null) return 'unsigned';
  const { keyId } = signing;
  const times = { claimedMs: parseInstant(attestedAt) ?? 0, stampedMs: null };
  const fault = faultOf(verifyDetached(bytes, detached, keys, { keyId, times }));
  if (fault !== null) return fault;
  const read = readEnvelope(envelope);
  const signature = read?.signatures.find((each) => each.keyId === keyId)?.signature;
  if (read === null || signature === undefined || !isAbout(read.payload, sha256Hex(bytes))) {
    return 'wrong-signature';
  }
  const signed = preAuthenticationEncoding(read.payloadType, read.payload);
  return faultOf(verifyDetached(signed, signature, keys, { keyId, times }));
}

function faultOf({ kind }: SignatureVerdict): AttestationFault | null {
  if (kind === 'valid') return null;
  const isKey = kind === 'unknown-key' || kind === 'key-revoked' || kind === 'outside-validity';
  return isKey ? 'untrusted-key' : 'wrong-signature';
}

const statementSchema = z.object({
  _type: z.literal(statementType),
  subject: z.tuple([z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) })]),
  predicateType: z.literal(attestationPredicateType),
});

function isAbout(payload: Uint8Array, sha256: string): boolean {
  try {
    const read = statementSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)));
    return read.success && read.data.subject[0].digest.sha256 === sha256;
  } catch {
    return false;
  }
}
