import type { ArchiveDamage } from '../../model/archive-damage.js';
import { madeByKey } from '../../model/archive-keys.js';
import { artefactNames } from '../../model/artefact-names.js';
import type { Archive } from '../../ports/archive.js';
import { readVerified } from './kept-file.js';
import type { CommittedRevision } from './read-revisions.js';

/**
 * The files of a revision, and of those that it was made with, that are not what its manifest names. Reads all of them; the
 * evidence only if asked to, because whoever makes the day again reads it anyway.
 */
export async function damageOfRevision(
  { prefix, manifest }: CommittedRevision,
  archive: Archive,
  { isWithEvidence = false }: { readonly isWithEvidence?: boolean } = {},
): Promise<readonly ArchiveDamage[]> {
  const { plan, artefacts, madeBy = {} } = manifest;
  const files = [
    ...artefacts
      .filter(({ name }) => isWithEvidence || name !== artefactNames.evidence)
      .map(({ name, sha256 }) => ({ key: `${prefix}${name}`, sha256 })),
    ...[...new Set(Object.values(madeBy))].map((sha256) => ({ key: madeByKey(plan, sha256), sha256 })),
  ];
  const damage: ArchiveDamage[] = [];
  for (const { key, sha256 } of files) {
    const kept = await readVerified(archive, key, sha256);
    if (!kept.ok) damage.push(kept.damage);
  }
  return damage;
}
