import { parseInstant, toIso } from '../../base/instants.js';
import { readKept } from '../../day/revisions/kept-file.js';
import { shortKeyId } from '../../day/signatures/open-signing.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Archive } from '../../ports/archive.js';
import type { SignedManifest } from '../../signing/statement.js';
import {
  type EnvelopeVerdict,
  type SignatureVerdict,
  verifyDetached,
  verifyEnvelope,
} from '../../signing/verify-signature.js';
import type { Check, CheckContext } from '../check.js';
import type { FindingKind, Told } from '../finding.js';
import type { VerifyKeys } from '../reading/verify-keys.js';
import { type StampedRevision, signatureStampedMs } from '../reading/timestamp-reader.js';

/** Each manifest that asks for signatures has them, by a key that was valid, and they are about these files. */
export const checkSignatures: Check = {
  name: 'signatures',
  async ofRevision(revision, told, context) {
    const { committed } = revision;
    if (committed !== null) await tellSignatures(revision, committed.manifest, told, context);
  },
  ofPlan({ plan, links }, told, { keys }) {
    const { signsFromMs, isPinned } = keys;
    if (signsFromMs === null && !isPinned && links.every(({ facts }) => facts?.asksForSignature !== true)) {
      told.notSigned.push(plan);
    }
  },
};

type SigningContext = Pick<CheckContext, 'archive' | 'keys' | 'timestamps'>;

/** The signatures of any revision that was committed: of a day, or of a period. */
export async function tellSignatures(
  revision: StampedRevision,
  manifest: SignedManifest,
  told: Told,
  context: SigningContext,
): Promise<void> {
  const { files, prefix } = revision;
  const present = signatureNames.filter((name) => files.has(name));
  if (present.length === 0) tellUnsigned(revision, manifest, context.keys, told);
  else {
    for (const name of signatureNames.filter((each) => !files.has(each))) {
      told.find('signature-missing', `${prefix}${name}`, 'it is not there');
    }
    await tellVerdicts(revision, manifest, context, told);
  }
}

const signatureNames = [artefactNames.signature, artefactNames.statement];

/** It has neither signature nor statement. */
function tellUnsigned(
  { manifestKey, prefix }: StampedRevision,
  manifest: SignedManifest,
  { signsFromMs, isPinned }: VerifyKeys,
  told: Told,
): void {
  if (manifest.signing !== undefined && manifest.signing.keyId !== null) {
    const key = `${prefix}${artefactNames.signature}`;
    const words = `neither it nor the statement is there, and the manifest names the key ${shortKeyId(manifest.signing.keyId)}`;
    told.find('signature-missing', key, words);
  } else if (manifest.signing !== undefined) {
    const words = 'it is not signed: the key could not be used then, and no later run has signed it';
    told.find('unsigned', manifestKey, words);
  } else if (isPinned) told.find('unsigned', manifestKey, 'it is not signed, and does not ask to be');
  else if (signsFromMs !== null && (parseInstant(manifest.generatedAt) ?? 0) >= signsFromMs) {
    const words = `it is not signed and does not ask to be, although the plan has had a key since ${toIso(signsFromMs)}`;
    told.find('unsigned', manifestKey, words);
  }
}

async function tellVerdicts(
  revision: StampedRevision,
  manifest: SignedManifest,
  { archive, keys, timestamps }: SigningContext,
  told: Told,
): Promise<void> {
  const { prefix, manifestKey, files } = revision;
  const kept = await readKept(archive, manifestKey);
  if (!kept.ok) return;
  const { bytes } = kept;
  const stampedMs = await signatureStampedMs(timestamps, revision);
  let envelope: EnvelopeVerdict | null = null;
  if (files.has(artefactNames.statement)) {
    const key = `${prefix}${artefactNames.statement}`;
    const statement = await readTold(archive, key, told);
    if (statement !== null) {
      envelope = verifyEnvelope(statement, { bytes, manifest }, keys.ring, { stampedMs });
      tellVerdict(envelope, key, keys, told);
    }
  }
  if (!files.has(artefactNames.signature)) return;
  const key = `${prefix}${artefactNames.signature}`;
  const signature = await readTold(archive, key, told);
  if (signature === null) return;
  const signedAt = parseInstant(envelope?.statement?.predicate.signedAt);
  const claimedMs = signedAt ?? parseInstant(manifest.generatedAt) ?? 0;
  const options = { keyId: manifest.signing?.keyId ?? null, times: { claimedMs, stampedMs } };
  tellVerdict(verifyDetached(bytes, signature, keys.ring, options), key, keys, told);
}

async function readTold(archive: Archive, key: string, told: Told): Promise<Uint8Array | null> {
  const kept = await readKept(archive, key);
  if (kept.ok) return kept.bytes;
  told.find('signature-missing', key, damageInEnglish(kept.damage));
  return null;
}

/** A signature that is right is counted, any other one told. */
export function tellVerdict(
  verdict: SignatureVerdict,
  key: string,
  { isPinned }: VerifyKeys,
  told: Told,
): void {
  if (verdict.kind === 'valid') {
    told.countSignature();
    return;
  }
  const kind: FindingKind = verdict.kind === 'malformed' ? 'malformed-signature' : verdict.kind;
  told.find(kind, key, wordsOf(verdict, isPinned));
}

/** For a sentence about the signature. */
function wordsOf(verdict: Exclude<SignatureVerdict, { readonly kind: 'valid' }>, isPinned: boolean): string {
  const named = verdict.keyId === null ? '' : ` ${shortKeyId(verdict.keyId)}`;
  switch (verdict.kind) {
    case 'wrong-signature':
      return named === ''
        ? 'none of the keys made this signature of these bytes'
        : `the key${named} did not make this signature of these bytes`;
    case 'unknown-key':
      return isPinned
        ? `it is signed by the key${named}, which is none of those that were named with --key`
        : `it is signed by the key${named}, which the archive does not have`;
    case 'malformed':
      return 'these bytes are no signature of a report';
    case 'other-files':
      return `the key${named} signed it, and it is about other files than those of this revision`;
    case 'key-revoked':
      return `the key${named} was revoked as of ${toIso(verdict.revokedAtMs)} (${verdict.reason}), and no time stamp shows that the signature is older`;
    case 'outside-validity':
      return `the key${named} was not valid at ${toIso(verdict.atMs)}, when it was signed`;
  }
}
