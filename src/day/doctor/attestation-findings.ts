import { count } from '../../base/english.js';
import { attestationsPrefix } from '../../model/archive-keys.js';
import type { AttestationFault } from '../../model/attestation.js';
import type { Archive } from '../../ports/archive.js';
import type { Finding } from '../../ports/finding.js';
import { readAttestations } from '../attestations/read-attestations.js';

const check = 'attestations';

const words: Readonly<Record<AttestationFault, string>> = {
  'not-there': 'it is not there, only its signature is',
  'other-bytes': 'it was altered, or this program did not write it',
  unreadable: 'it cannot be read',
  unsigned: 'it has no signature, though the plan signs',
  'wrong-signature': 'its signature is not of these bytes by that key',
  'untrusted-key': 'its key is not in keys/, was revoked, or was not valid then',
};

/**
 * How many restore tests are attested, and each file of `attestations/` that counts for nothing. None: nothing was attested.
 *
 * @throws Failure where the archive cannot be read
 */
export async function findingsOfAttestations(archive: Archive, plan: string): Promise<readonly Finding[]> {
  const { counted, refused } = await readAttestations(archive, plan);
  const advice = 'Look at who wrote it, and attest again what is missing.';
  const warnings = refused.map(({ name, fault }): Finding => ({
    check,
    state: 'warning',
    words: `${archive.locate(`${attestationsPrefix(plan)}${name}`)} counts for nothing: ${words[fault]}`,
    advice,
  }));
  if (counted.length === 0) return warnings;
  const unsigned = counted.filter(({ signing }) => signing === null).length;
  const told = `${count(counted.length, 'restore test')} attested${unsigned === 0 ? '' : `, ${unsigned} of them not signed`}`;
  return [{ check, state: 'ok', words: told, advice: null }, ...warnings];
}
