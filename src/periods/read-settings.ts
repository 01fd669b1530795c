import { readVerified } from '../day/revisions/kept-file.js';
import { madeByKey } from '../model/archive-keys.js';
import type { ArchivedManifest } from '../model/manifest.js';
import type { Archive } from '../ports/archive.js';

/** The settings that a day was made by; null: it archived none, or they are not whole any more. */
export type ReadSettings = (manifest: Pick<ArchivedManifest, 'madeBy'>) => Promise<Uint8Array | null>;

/** Days that follow each other have the same: each is read once. */
export function createSettingsReader(archive: Archive, plan: string): ReadSettings {
  const known = new Map<string, Uint8Array | null>();
  return async ({ madeBy }) => {
    // Version 0.1 has no such field.
    const sha256 = (madeBy as ArchivedManifest['madeBy'] | undefined)?.['settings'];
    if (sha256 === undefined) return null;
    const found = known.get(sha256);
    if (found !== undefined) return found;
    const kept = await readVerified(archive, madeByKey(plan, sha256), sha256);
    const bytes = kept.ok ? kept.bytes : null;
    known.set(sha256, bytes);
    return bytes;
  };
}
