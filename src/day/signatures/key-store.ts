import { toIso } from '../../base/instants.js';
import { dayMs } from '../../base/time-units.js';
import type { ArchiveDamage } from '../../model/archive-damage.js';
import {
  keyRecordKey,
  keyRevocationKey,
  keysPrefix,
  publicKeyKey,
  timestampCaDigest,
} from '../../model/archive-keys.js';
import type { Archive } from '../../ports/archive.js';
import type { SignatureKey } from '../../ports/signer.js';
import {
  type KeyRecord,
  type KeyRevocation,
  type KeyRing,
  keyRingOf,
  readKeyRecord,
  readKeyRevocation,
} from '../../signing/key-record.js';
import { jsonBytes } from '../artefacts/write-json.js';
import { readKept } from '../revisions/kept-file.js';

/** What an archive knows of the keys of a plan. */
export interface ArchivedKeys {
  /** In order of their validity. */
  readonly records: readonly KeyRecord[];
  readonly revocations: readonly KeyRevocation[];
  /** For verifyDetached and verifyEnvelope. */
  readonly ring: KeyRing;
  /** Files of `keys/` that are none of these, or cannot be read. */
  readonly damaged: readonly ArchiveDamage[];
}

/** Reads `<plan>/keys/`. @throws Failure('storage') */
export async function readArchivedKeys(archive: Archive, plan: string): Promise<ArchivedKeys> {
  const prefix = keysPrefix(plan);
  const records: KeyRecord[] = [];
  const revocations: KeyRevocation[] = [];
  const damaged: ArchiveDamage[] = [];
  for (const { key } of await archive.list(prefix)) {
    const name = key.slice(prefix.length);
    if (/^[0-9a-f]{64}\.pem$/.test(name) || timestampCaDigest(name) !== null) continue;
    const kept = await readKept(archive, key);
    if (!kept.ok) {
      damaged.push(kept.damage);
      continue;
    }
    const record = readKeyRecord(kept.bytes);
    const revocation = readKeyRevocation(kept.bytes);
    // A file is what its name says: nobody puts one key's revocation under another's name.
    if (record !== null && key === keyRecordKey(plan, record.keyId)) records.push(record);
    else if (revocation !== null && key === keyRevocationKey(plan, revocation.keyId)) {
      revocations.push(revocation);
    } else damaged.push({ key, location: archive.locate(key), reason: 'other-bytes' });
  }
  records.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return { records, revocations, ring: keyRingOf(records, revocations), damaged };
}

/** What stands in the record of a key besides the key. */
export interface KeyFacts {
  readonly plan: string;
  readonly tool: KeyRecord['tool'];
  readonly nowMs: number;
  /** Epoch milliseconds; absent: a day before now, because the clocks of those who sign differ. */
  readonly validFromMs?: number | undefined;
  /** Epoch milliseconds; null: it has no end. */
  readonly validToMs: number | null;
}

/**
 * Puts a public key into the archive, for those who check signatures: `<keyid>.pem`, then `<keyid>.json`. One that is there
 * stays as it is, with its validity.
 */
export async function publishKey(
  archive: Archive,
  { keyId, publicPem, name }: SignatureKey,
  { plan, tool, nowMs, validFromMs = nowMs - dayMs, validToMs }: KeyFacts,
): Promise<'published' | 'there'> {
  const record: KeyRecord = {
    schemaVersion: 1,
    keyId,
    plan,
    name: name ?? null,
    algorithm: 'Ed25519',
    publicKey: publicPem,
    validFrom: toIso(validFromMs),
    validTo: validToMs === null ? null : toIso(validToMs),
    publishedAt: toIso(nowMs),
    tool,
  };
  const pem = { bytes: Buffer.from(publicPem) };
  await archive.create(publicKeyKey(plan, keyId), pem, 'application/x-pem-file');
  const body = { bytes: jsonBytes(record) };
  const created = await archive.create(keyRecordKey(plan, keyId), body, 'application/json');
  return created === 'created' ? 'published' : 'there';
}

/** exists: it was revoked before, and that stands. */
export async function revokeKey(
  archive: Archive,
  { plan, ...facts }: Omit<KeyRevocation, 'schemaVersion'>,
): Promise<'created' | 'exists'> {
  const revocation: KeyRevocation = { schemaVersion: 1, plan, ...facts };
  const body = { bytes: jsonBytes(revocation) };
  return archive.create(keyRevocationKey(plan, facts.keyId), body, 'application/json');
}
