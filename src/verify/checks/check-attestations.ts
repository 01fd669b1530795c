import { sha256Hex } from '../../base/digest.js';
import { parseInstant, toIso } from '../../base/instants.js';
import { readKept } from '../../day/revisions/kept-file.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { attestationsPrefix } from '../../model/archive-keys.js';
import { type Attestation, attestationSchema } from '../../model/attestation.js';
import { readDocument } from '../../model/read-document.js';
import { verdictsOfAttestation } from '../../signing/attestation-files.js';
import type { Check, CheckContext } from '../check.js';
import type { Told } from '../finding.js';
import { tellVerdict } from './check-signatures.js';

/**
 * Each attestation is what its name is the digest of, and is signed by a key that was valid, where it says so or the plan signed
 * by then. They have no day: all of them are looked at, whatever the range is.
 */
export const checkAttestations: Check = {
  name: 'attestations',
  async ofPlan({ plan, listed }, told, context) {
    const prefix = attestationsPrefix(plan);
    const names = new Set<string>();
    for (const { key, file } of listed.others) {
      if (file.place !== 'attestations') continue;
      if (/^[0-9a-f]{64}\.json(?:\.sig|\.dsse)?$/.test(file.name)) names.add(file.name);
      else told.find('foreign', key, 'it is no attestation, nor a signature of one');
    }
    for (const statement of new Set([...names].map((name) => name.replace(/\.(?:sig|dsse)$/, '')))) {
      const key = `${prefix}${statement}`;
      if (names.has(statement)) await tellAttestation({ plan, key, statement, names }, told, context);
      else told.find('attestation-missing', key, 'it is not there, and a signature of it is');
    }
  },
};

interface ListedAttestation {
  readonly plan: string;
  readonly key: string;
  /** Its name: a digest and `.json`. */
  readonly statement: string;
  /** All that lies beside it. */
  readonly names: ReadonlySet<string>;
}

async function tellAttestation(
  { plan, key, statement, names }: ListedAttestation,
  told: Told,
  { archive, keys }: CheckContext,
): Promise<void> {
  const kept = await readKept(archive, key);
  if (!kept.ok) {
    told.find('artefact-unreadable', key, damageInEnglish(kept.damage));
    return;
  }
  const { bytes } = kept;
  if (statement !== `${sha256Hex(bytes)}.json`) {
    told.find('artefact-altered', key, 'its sha-256 is not its name');
    return;
  }
  const read = readDocument(bytes, attestationSchema);
  if (!read.ok) {
    told.find('attestation-damaged', key, 'it is nothing that this program writes');
    return;
  }
  const attestation = read.checked;
  told.countAttestation();
  for (const words of faultsOf(attestation, plan)) told.find('attestation-damaged', key, words);
  const beside = async (ending: string): Promise<Uint8Array | null> => {
    if (!names.has(`${statement}${ending}`)) return null;
    const found = await readKept(archive, `${key}${ending}`);
    return found.ok ? found.bytes : null;
  };
  const files = { detached: await beside('.sig'), envelope: await beside('.dsse') };
  if (attestation.signing === null && files.detached === null && files.envelope === null) {
    tellUnsigned(attestation, key, keys, told);
    return;
  }
  const verdicts = verdictsOfAttestation(bytes, attestation, files, keys.ring);
  for (const [ending, verdict] of [
    ['.sig', verdicts.detached],
    ['.dsse', verdicts.envelope],
  ] as const) {
    if (verdict !== null) tellVerdict(verdict, `${key}${ending}`, keys, told);
    else told.find('signature-missing', `${key}${ending}`, 'it is not there, or cannot be read');
  }
}

function faultsOf({ plan: of, testedAt, attestedAt }: Attestation, plan: string): readonly string[] {
  const isBefore = (parseInstant(attestedAt) ?? 0) < (parseInstant(testedAt) ?? Infinity);
  return [
    ...(of === plan ? [] : [`it is of the plan ${of}`]),
    ...(isBefore ? [`it was attested at ${attestedAt}, before the test was over`] : []),
  ];
}

/** From before the plan had a key it counts, unless a key from elsewhere is to have signed everything. */
function tellUnsigned(
  { attestedAt }: Attestation,
  key: string,
  { signsFromMs, isPinned }: CheckContext['keys'],
  told: Told,
): void {
  if (signsFromMs !== null && (parseInstant(attestedAt) ?? 0) >= signsFromMs) {
    told.find(
      'unsigned',
      key,
      `it is not signed, although the plan has had a key since ${toIso(signsFromMs)}`,
    );
  } else if (isPinned) told.find('unsigned', key, 'it is not signed');
}
