import { sha256Hex } from '../../base/digest.js';
import { UnreadableFile } from '../../errors.js';
import type { ArchiveDamage } from '../../model/archive-damage.js';
import type { Archive } from '../../ports/archive.js';

/** A file of the archive, or what is wrong with it. Faults of the storage are thrown. */
export type KeptFile =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly damage: ArchiveDamage };

/** Whatever the file is. @throws Failure('storage') */
export async function readKept(archive: Archive, key: string): Promise<KeptFile> {
  try {
    const bytes = await archive.read(key);
    return bytes === null
      ? { ok: false, damage: { key, location: archive.locate(key), reason: 'not-there' } }
      : { ok: true, bytes };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { location, reason } = error;
    return { ok: false, damage: { key, location, reason } };
  }
}

/** The file with these bytes. @param sha256 lower-case hex; undefined: nothing names it */
export async function readVerified(
  archive: Archive,
  key: string,
  sha256: string | undefined,
): Promise<KeptFile> {
  const kept = await readKept(archive, key);
  if (!kept.ok || sha256Hex(kept.bytes) === sha256) return kept;
  return { ok: false, damage: { key, location: archive.locate(key), reason: 'other-bytes' } };
}
