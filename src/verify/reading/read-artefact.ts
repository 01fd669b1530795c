import { sha256Hex } from '../../base/digest.js';
import { readKept } from '../../day/revisions/kept-file.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { ArtefactEntry } from '../../model/manifest.js';
import type { Archive } from '../../ports/archive.js';
import { isSafeName } from '../listing/safe-name.js';
import type { ArtefactFacts } from './verified-revision.js';

/** A file that a manifest names, with its bytes where they are the right ones. */
export interface ReadArtefact {
  readonly facts: ArtefactFacts;
  readonly bytes: Uint8Array | null;
}

/** @param prefix of the revision; ends in `/` */
export async function readNamedArtefact(
  archive: Archive,
  prefix: string,
  entry: ArtefactEntry,
): Promise<ReadArtefact> {
  const key = `${prefix}${entry.name}`;
  const none = (state: ArtefactFacts['state'], words: string): ReadArtefact => ({
    facts: { entry, key, state, words },
    bytes: null,
  });
  if (!isSafeName(entry.name) || isOfItsOwn(entry.name)) {
    return none(
      'unsafe',
      `its manifest names ${JSON.stringify(entry.name)}, which is no name of an artefact`,
    );
  }
  const kept = await readKept(archive, key);
  if (!kept.ok) {
    const isMissing = kept.damage.reason === 'not-there';
    return none(isMissing ? 'missing' : 'unreadable', damageInEnglish(kept.damage));
  }
  const { bytes } = kept;
  if (bytes.length !== entry.bytes) {
    return none('altered', `it has ${bytes.length} bytes, and its manifest says ${entry.bytes}`);
  }
  if (sha256Hex(bytes) !== entry.sha256)
    return none('altered', 'its sha-256 is not the one that its manifest names');
  return { facts: { entry, key, state: 'whole', words: '' }, bytes };
}

/** Files that are about the manifest, or younger than it: it cannot name them. */
function isOfItsOwn(name: string): boolean {
  const { manifest, checkpoint } = artefactNames;
  return name.startsWith(manifest) || name === checkpoint || name.startsWith('delivery-');
}
