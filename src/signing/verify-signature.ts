import { verify } from 'node:crypto';
import { sha256Hex } from '../base/digest.js';
import { parseInstant } from '../base/instants.js';
import { artefactNames } from '../model/artefact-names.js';
import { readEnvelope } from './envelope.js';
import type { KeyRing, KnownKey } from './key-record.js';
import { preAuthenticationEncoding } from './pre-authentication.js';
import {
  type RevisionStatement,
  type SignedManifest,
  isStatementOf,
  readStatement,
  statementPayloadType,
} from './statement.js';

/**
 * What became of checking a signature.
 *
 * - valid: by a key that was valid when it was made, as far as its time is known.
 * - wrong-signature: the bytes are not those that were signed, or another key signed them.
 * - unknown-key: no key of the ring has the id that is named, or the ring is empty.
 * - malformed: these bytes are no signature, or no envelope with a statement about a revision.
 * - key-revoked: no time stamp shows that it is older than the revocation of its key.
 * - outside-validity: made before its key was valid, or after.
 * - other-files: signed rightly, but about other files than these: a statement of another revision. Of envelopes alone.
 */
export type SignatureVerdict =
  | { readonly kind: 'valid'; readonly keyId: string }
  | { readonly kind: 'wrong-signature' | 'unknown-key' | 'malformed'; readonly keyId: string | null }
  | { readonly kind: 'other-files'; readonly keyId: string }
  | {
      readonly kind: 'key-revoked';
      readonly keyId: string;
      readonly revokedAtMs: number;
      readonly reason: string;
    }
  | { readonly kind: 'outside-validity'; readonly keyId: string; readonly atMs: number };

/** When a signature was made. */
export interface SignatureTimes {
  /**
   * What the signer says, epoch milliseconds: `signedAt` of the statement, else `generatedAt` of the manifest. Whoever has the
   * key can write any.
   */
  readonly claimedMs: number;
  /** What a time stamp that was checked proves; null: there is none. It goes before the claim. */
  readonly stampedMs: number | null;
}

const signatureBytes = 64;

/**
 * A detached signature, as of `manifest.json.sig`.
 *
 * @param signature the raw 64 bytes
 * @param keyId that the manifest names (`signing.keyId`); null: any key of the ring may have signed
 */
export function verifyDetached(
  bytes: Uint8Array,
  signature: Uint8Array,
  keys: KeyRing,
  { keyId = null, times }: { readonly keyId?: string | null; readonly times: SignatureTimes },
): SignatureVerdict {
  if (signature.length !== signatureBytes) return { kind: 'malformed', keyId };
  const candidates = keyId === null ? [...keys.values()] : [keys.get(keyId)].flatMap((key) => key ?? []);
  if (candidates.length === 0) return { kind: 'unknown-key', keyId };
  const signer = candidates.find(({ publicKey }) => verify(null, bytes, publicKey, signature));
  return signer === undefined ? { kind: 'wrong-signature', keyId } : standingOf(signer, times);
}

/** The verdict on an envelope, and its statement where it has one: believed only where the verdict is valid. */
export type EnvelopeVerdict = SignatureVerdict & { readonly statement: RevisionStatement | null };

/**
 * An envelope, as of `manifest.json.dsse`: its signature, and that its statement names this manifest and every file that the
 * manifest names, and no other.
 *
 * @param manifest what these bytes hold
 */
export function verifyEnvelope(
  envelopeBytes: Uint8Array,
  { bytes, manifest }: { readonly bytes: Uint8Array; readonly manifest: SignedManifest },
  keys: KeyRing,
  { stampedMs }: Pick<SignatureTimes, 'stampedMs'>,
): EnvelopeVerdict {
  const envelope = readEnvelope(envelopeBytes);
  const isOurs = envelope !== null && envelope.payloadType === statementPayloadType;
  const statement = isOurs ? readStatement(envelope.payload) : null;
  const claimedMs = parseInstant(statement?.predicate.signedAt);
  if (envelope === null || statement === null || claimedMs === undefined) {
    return { kind: 'malformed', keyId: null, statement };
  }
  const signed = preAuthenticationEncoding(envelope.payloadType, envelope.payload);
  // Any one good signature of several is enough; of none, the first says why.
  const verdicts = envelope.signatures.map(({ keyId, signature }) =>
    verifyDetached(signed, signature, keys, { keyId, times: { claimedMs, stampedMs } }),
  );
  const [first] = verdicts;
  const best = verdicts.find(({ kind }) => kind === 'valid') ?? first;
  if (best === undefined) return { kind: 'malformed', keyId: null, statement };
  if (best.kind === 'valid' && !isAbout(statement, bytes, manifest)) {
    return { kind: 'other-files', keyId: best.keyId, statement };
  }
  return { ...best, statement };
}

function isAbout(statement: RevisionStatement, bytes: Uint8Array, manifest: SignedManifest): boolean {
  if (!isStatementOf(statement, manifest)) return false;
  const files = [...manifest.artefacts, { name: artefactNames.manifest, sha256: sha256Hex(bytes) }];
  const named = new Map(statement.subject.map(({ name, digest }) => [name, digest.sha256]));
  return (
    statement.subject.length === files.length && files.every(({ name, sha256 }) => named.get(name) === sha256)
  );
}

/** A signature is right: whether its key may have made it. */
function standingOf(
  { keyId, revoked, validFromMs, validToMs }: KnownKey,
  { claimedMs, stampedMs }: SignatureTimes,
): SignatureVerdict {
  if (revoked !== null && (stampedMs === null || stampedMs >= revoked.atMs)) {
    return { kind: 'key-revoked', keyId, revokedAtMs: revoked.atMs, reason: revoked.reason };
  }
  const atMs = stampedMs ?? claimedMs;
  if (atMs < validFromMs || (validToMs !== null && atMs >= validToMs)) {
    return { kind: 'outside-validity', keyId, atMs };
  }
  return { kind: 'valid', keyId };
}
