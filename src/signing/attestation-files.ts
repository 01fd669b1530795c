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

/** What became of checking both; null: the file is not there, or cannot be read. */
export interface AttestationVerdicts {
  readonly detached: SignatureVerdict | null;
  readonly envelope: SignatureVerdict | null;
}

/**
 * The signatures of an attestation by the key that it names. `other-files` of the envelope: it is about another attestation.
 *
 * @param bytes of the file, whose digest is its name
 */
export function verdictsOfAttestation(
  bytes: Uint8Array,
  { signing, attestedAt }: Pick<Attestation, 'signing' | 'attestedAt'>,
  { detached, envelope }: AttestationSignatures,
  keys: KeyRing,
): AttestationVerdicts {
  const keyId = signing?.keyId ?? null;
  const options = { keyId, times: { claimedMs: parseInstant(attestedAt) ?? 0, stampedMs: null } };
  return {
    detached: detached && verifyDetached(bytes, detached, keys, options),
    envelope: envelope && verdictOfEnvelope(envelope, sha256Hex(bytes), keys, options),
  };
}

function verdictOfEnvelope(
  envelope: Uint8Array,
  sha256: string,
  keys: KeyRing,
  options: Parameters<typeof verifyDetached>[3],
): SignatureVerdict {
  const { keyId = null } = options;
  const read = readEnvelope(envelope);
  const signature = read?.signatures.find((each) => keyId === null || each.keyId === keyId)?.signature;
  if (read === null || signature === undefined) return { kind: 'malformed', keyId };
  const signed = preAuthenticationEncoding(read.payloadType, read.payload);
  const verdict = verifyDetached(signed, signature, keys, options);
  if (verdict.kind !== 'valid' || isAbout(read.payload, sha256)) return verdict;
  return { kind: 'other-files', keyId: verdict.keyId };
}

/** Why an attestation that names a key does not count; null: both of its signatures are right, and by that key. */
export function faultOfSignatures(
  bytes: Uint8Array,
  attestation: Pick<Attestation, 'signing' | 'attestedAt'>,
  signatures: AttestationSignatures,
  keys: KeyRing,
): AttestationFault | null {
  if (attestation.signing === null) return 'unsigned';
  const { detached, envelope } = verdictsOfAttestation(bytes, attestation, signatures, keys);
  if (detached === null || envelope === null) return 'unsigned';
  return faultOf(detached) ?? faultOf(envelope);
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
