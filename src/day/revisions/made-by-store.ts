import { sha256Hex } from '../../base/digest.js';
import type { ArchiveDamage } from '../../model/archive-damage.js';
import { madeByKey } from '../../model/archive-keys.js';
import type { Archive } from '../../ports/archive.js';
import type { MadeByFile } from '../../reports/report-kind.js';
import { readKept, readVerified } from './kept-file.js';

/**
 * Keeps what a report was made with in `made-by/` of the plan, each file once, under the digest of its bytes. Most days
 * find all of them there. One that is damaged stays as it is: `damagedMadeBy` tells it.
 */
export async function keepMadeBy(
  plan: string,
  files: readonly MadeByFile[],
  archive: Archive,
): Promise<void> {
  for (const { bytes, mediaType } of files) {
    const key = madeByKey(plan, sha256Hex(bytes));
    const kept = await readKept(archive, key);
    if (!kept.ok && kept.damage.reason === 'not-there') await archive.create(key, { bytes }, mediaType);
  }
}

/** Files of `made-by/` that a report is made with and that have other bytes than their names say, or cannot be read. */
export async function damagedMadeBy(
  plan: string,
  files: readonly MadeByFile[],
  archive: Archive,
): Promise<readonly ArchiveDamage[]> {
  const damage: ArchiveDamage[] = [];
  for (const { bytes } of files) {
    const sha256 = sha256Hex(bytes);
    const kept = await readVerified(archive, madeByKey(plan, sha256), sha256);
    if (!kept.ok && kept.damage.reason !== 'not-there') damage.push(kept.damage);
  }
  return damage;
}

/** A file of `made-by/`; null where it is not there or has other bytes. */
export async function readMadeBy(archive: Archive, plan: string, sha256: string): Promise<Uint8Array | null> {
  const kept = await readVerified(archive, madeByKey(plan, sha256), sha256);
  return kept.ok ? kept.bytes : null;
}
