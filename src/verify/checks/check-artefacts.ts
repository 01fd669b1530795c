import { artefactNames } from '../../model/artefact-names.js';
import type { Check } from '../check.js';
import type { FindingKind, Told } from '../finding.js';
import type { ArtefactFacts } from '../reading/verified-revision.js';

/** What a manifest names and is not as it says. */
export function tellArtefacts(artefacts: readonly ArtefactFacts[], manifestKey: string, told: Told): void {
  for (const { state, key, words } of artefacts) {
    // A name that leads elsewhere is no key to go to.
    if (state !== 'whole') told.find(kindOfState[state], state === 'unsafe' ? manifestKey : key, words);
  }
  const names = artefacts.map(({ entry }) => entry.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    told.find('manifest-damaged', manifestKey, `it names ${JSON.stringify(twice)} twice`);
}

const kindOfState: Readonly<Record<Exclude<ArtefactFacts['state'], 'whole'>, FindingKind>> = {
  altered: 'artefact-altered',
  missing: 'artefact-missing',
  unreadable: 'artefact-unreadable',
  unsafe: 'unsafe-name',
};

/** Every artefact is the one that its manifest names: size, sha-256, and the sha-256 of its uncompressed content. */
export const checkArtefacts: Check = {
  name: 'artefacts',
  ofRevision({ artefacts, lines, manifestKey, committed }, told) {
    tellArtefacts(artefacts, manifestKey, told);
    for (const { key, fault, contentSha256, expectedSha256 } of lines) {
      if (fault !== null) told.find('lines-unreadable', key, fault);
      else if (expectedSha256 !== null && contentSha256 !== expectedSha256) {
        told.find(
          'artefact-altered',
          key,
          'the sha-256 of its uncompressed content is not the one in its manifest',
        );
      }
    }
    const names = new Set(artefacts.map(({ entry }) => entry.name));
    if (committed === null) return;
    for (const name of [artefactNames.report, artefactNames.evidence]) {
      if (!names.has(name)) told.find('manifest-damaged', manifestKey, `it names no ${name}`);
    }
  },
};
