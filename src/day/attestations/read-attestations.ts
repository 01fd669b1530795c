import { sha256Hex } from '../../base/digest.js';
import { eachInBatches } from '../../base/in-batches.js';
import { parseInstant } from '../../base/instants.js';
import { compareText } from '../../base/text-order.js';
import { UnreadableFile } from '../../errors.js';
import { attestationsPrefix } from '../../model/archive-keys.js';
import {
  type Attestation,
  type AttestationFault,
  type AttestationReading,
  type CountedAttestation,
  attestationSchema,
  noAttestations,
} from '../../model/attestation.js';
import { readDocument } from '../../model/read-document.js';
import type { Archive } from '../../ports/archive.js';
import { type AttestationSignatures, faultOfSignatures } from '../../signing/attestation-files.js';
import { readKept } from '../revisions/kept-file.js';
import { type ArchivedKeys, readArchivedKeys } from '../signatures/key-store.js';

/**
 * Reads `<plan>/attestations/`: every file that is whole and rightly signed counts, and every other one is named. An archive
 * without any costs one listing.
 *
 * @throws Failure('storage')
 */
export async function readAttestations(archive: Archive, plan: string): Promise<AttestationReading> {
  const prefix = attestationsPrefix(plan);
  const names = await namesBelow(archive, prefix);
  if (names === null) return { counted: [], refused: [{ name: '', fault: 'unreadable' }] };
  if (names.length === 0) return noAttestations;
  const keys = await readArchivedKeys(archive, plan);
  const there = new Set(names);
  // A signature alone tells that there was something; each file that is about another is read with that one.
  const wanted = new Set(
    names.map((name) => /^([0-9a-f]{64}\.json)\.(?:sig|dsse|tsr)$/.exec(name)?.[1] ?? name),
  );
  const read = await eachInBatches([...wanted].sort(compareText), async (name): Promise<Read> => {
    if (!there.has(name)) return { name, fault: 'not-there' };
    return readAttestation(archive, { plan, prefix, name }, keys);
  });
  return {
    counted: read.flatMap((each) => ('sha256' in each ? [each] : [])).sort(compareAttestations),
    refused: read.flatMap((each) => ('fault' in each ? [each] : [])),
  };
}

type Read = CountedAttestation | { readonly name: string; readonly fault: AttestationFault };

/** null: the folder cannot be listed. */
async function namesBelow(archive: Archive, prefix: string): Promise<readonly string[] | null> {
  try {
    return (await archive.list(prefix)).map(({ key }) => key.slice(prefix.length));
  } catch (error) {
    if (error instanceof UnreadableFile) return null;
    throw error;
  }
}

interface NamedFile {
  readonly plan: string;
  readonly prefix: string;
  readonly name: string;
}

async function readAttestation(
  archive: Archive,
  { plan, prefix, name }: NamedFile,
  { ring, records }: Pick<ArchivedKeys, 'ring' | 'records'>,
): Promise<Read> {
  const kept = await readKept(archive, `${prefix}${name}`);
  if (!kept.ok) return { name, fault: kept.damage.reason === 'not-there' ? 'not-there' : 'unreadable' };
  const { bytes } = kept;
  const sha256 = sha256Hex(bytes);
  const read = readDocument(bytes, attestationSchema);
  const isOurs = name === `${sha256}.json` && read.ok && read.checked.plan === plan;
  if (!isOurs || isBeforeItsTest(read.checked)) return { name, fault: 'other-bytes' };
  const attestation = read.checked;
  const signedSince = records.map(({ publishedAt }) => publishedAt).sort(compareText)[0];
  const beside = `${prefix}${name}`;
  const isSigned = attestation.signing !== null;
  const fault = isSigned
    ? faultOfSignatures(bytes, attestation, await signaturesBeside(archive, beside), ring)
    : signedSince !== undefined && attestation.attestedAt >= signedSince
      ? 'unsigned'
      : null;
  return fault === null ? { ...attestation, sha256 } : { name, fault };
}

/** Nobody attests what is still to come: the command does not write it. */
function isBeforeItsTest({ testedAt, attestedAt }: Attestation): boolean {
  return (parseInstant(attestedAt) ?? 0) < (parseInstant(testedAt) ?? Infinity);
}

async function signaturesBeside(archive: Archive, key: string): Promise<AttestationSignatures> {
  const detached = await readKept(archive, `${key}.sig`);
  const envelope = await readKept(archive, `${key}.dsse`);
  return {
    detached: detached.ok ? detached.bytes : null,
    envelope: envelope.ok ? envelope.bytes : null,
  };
}

/** By the time of what is attested, then by digest: two archives with the same files have one order. */
export function compareAttestations(a: CountedAttestation, b: CountedAttestation): number {
  return (parseInstant(a.testedAt) ?? 0) - (parseInstant(b.testedAt) ?? 0) || compareText(a.sha256, b.sha256);
}
