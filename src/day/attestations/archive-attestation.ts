import { sha256Hex } from '../../base/digest.js';
import { attestationsPrefix } from '../../model/archive-keys.js';
import type { Attestation, AttestationReading } from '../../model/attestation.js';
import type { Archive } from '../../ports/archive.js';
import type { SignatureKey } from '../../ports/signer.js';
import { attestationSignatures } from '../../signing/attestation-files.js';
import { jsonBytes } from '../artefacts/write-json.js';

/** Where an attestation is. */
export interface ArchivedAttestation {
  readonly key: string;
  readonly sha256: string;
  /** there: the same was attested before, and that stands. */
  readonly outcome: 'created' | 'there';
}

/** What is attested, by whom; when and by which key it is archived are apart. */
export type AttestedFacts = Omit<Attestation, 'schemaVersion' | 'attestedAt' | 'signing'>;

/**
 * Archives an attestation, unless the same was attested before. Its signatures come first: it exists when it is there itself.
 * A crash between leaves signatures of nothing, which reports name.
 *
 * @param known what the archive has
 * @param key that signs; null: nothing does
 * @throws Failure('storage')
 */
export async function archiveAttestation(
  archive: Archive,
  facts: AttestedFacts,
  {
    known,
    key,
    attestedAt,
  }: {
    readonly known: AttestationReading;
    readonly key: SignatureKey | null;
    readonly attestedAt: string;
  },
): Promise<ArchivedAttestation> {
  const prefix = attestationsPrefix(facts.plan);
  const before = known.counted.find((each) => assertionOf(each) === assertionOf(facts));
  if (before !== undefined) {
    return { key: `${prefix}${before.sha256}.json`, sha256: before.sha256, outcome: 'there' };
  }
  const attestation: Attestation = {
    schemaVersion: 1,
    ...facts,
    attestedAt,
    signing: key === null ? null : { keyId: key.keyId },
  };
  const bytes = jsonBytes(attestation);
  const sha256 = sha256Hex(bytes);
  const files = key === null ? [] : attestationSignatures(bytes, attestation, key);
  for (const { name, bytes: signature, mediaType } of files) {
    await archive.create(`${prefix}${name}`, { bytes: signature }, mediaType);
  }
  const created = await archive.create(`${prefix}${sha256}.json`, { bytes }, 'application/json');
  return {
    key: `${prefix}${sha256}.json`,
    sha256,
    outcome: created === 'created' ? 'created' : 'there',
  };
}

/** What two attestations have to share to be one. Who ran the command, and with which version, says nothing of the test. */
function assertionOf(each: AttestedFacts): string {
  const { kind, subject, result, testedAt, by, ticket, recoveryPoint, note, proofs } = each;
  return JSON.stringify([
    kind,
    subject.resourceId,
    result,
    testedAt,
    by,
    ticket,
    recoveryPoint,
    note,
    proofs,
  ]);
}
