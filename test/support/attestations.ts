import type { AttestedFacts } from '../../src/day/attestations/archive-attestation.js';
import { archiveAttestation } from '../../src/day/attestations/archive-attestation.js';
import { readAttestations } from '../../src/day/attestations/read-attestations.js';
import type { Archive } from '../../src/ports/archive.js';
import type { SignatureKey } from '../../src/ports/signer.js';

/** A test of the database ERPPRD that passed, over at noon of 2026-11-18. */
export function factsWith(over: Partial<AttestedFacts> = {}): AttestedFacts {
  return {
    plan: 'daily',
    kind: 'restore-test',
    subject: { resourceId: 'ocid1.database.oc1.iad.erpprd', resourceName: 'ERPPRD' },
    result: 'passed',
    testedAt: '2026-11-18T12:00:00.000Z',
    by: 'Jane Doe',
    ticket: 'CHG-1',
    recoveryPoint: null,
    note: null,
    proofs: [],
    principal: 'oracle@host',
    tool: { name: 'oci-backup-reporter', version: '0.0.0' },
    ...over,
  };
}

interface AttestOptions {
  readonly key?: SignatureKey | null;
  readonly attestedAt?: string;
}

/** Archives it, attested at 13:00 of that day. */
export async function attestIn(
  archive: Archive,
  over: Partial<AttestedFacts> = {},
  { key = null, attestedAt = '2026-11-18T13:00:00.000Z' }: AttestOptions = {},
) {
  const facts = factsWith(over);
  const known = await readAttestations(archive, facts.plan);
  return archiveAttestation(archive, facts, { known, key, attestedAt });
}
