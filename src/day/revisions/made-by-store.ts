import { sha256Hex } from '../../base/digest.js';
import { Failure } from '../../errors.js';
import { madeByKey } from '../../model/archive-keys.js';
import type { Archive } from '../../ports.js';
import type { MadeByFile } from '../../reports/report-kind.js';

/**
 * Keeps what a report was made with in `made-by/` of the plan, each file once, under the digest of its bytes. Most days
 * find all of them there.
 *
 * @throws Failure('storage') where a file of that name has other bytes
 */
export async function keepMadeBy(
  plan: string,
  files: readonly MadeByFile[],
  archive: Archive,
): Promise<void> {
  for (const { bytes, mediaType } of files) {
    const sha256 = sha256Hex(bytes);
    const key = madeByKey(plan, sha256);
    const kept = await archive.read(key);
    if (kept === null && (await archive.create(key, { bytes }, mediaType)) === 'created') continue;
    // Another process may have created it meanwhile.
    const there = kept ?? (await archive.read(key));
    if (there === null || sha256Hex(there) !== sha256) throw otherBytes(archive.locate(key));
  }
}

/** A file of `made-by/`; null where it is not there or has other bytes. */
export async function readMadeBy(archive: Archive, plan: string, sha256: string): Promise<Uint8Array | null> {
  const bytes = await archive.read(madeByKey(plan, sha256));
  return bytes !== null && sha256Hex(bytes) === sha256 ? bytes : null;
}

function otherBytes(location: string): Failure {
  return new Failure('storage', `${location} does not have the bytes that its name is the sha-256 of`, {
    hints: ['Restore it from a copy of the archive, or move it out of the archive and run again.'],
  });
}
