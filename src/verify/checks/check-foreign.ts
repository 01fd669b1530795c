import { archivedFileOf } from '../../model/archive-keys.js';
import type { ArchiveEntry } from '../../ports/archive.js';
import type { Check } from '../check.js';
import type { Told } from '../finding.js';
import { isSafeKey } from '../listing/safe-name.js';

/** Nothing lies in the archive but what this program writes; links and devices are named, and never followed. */
export const checkForeign: Check = {
  name: 'foreign files',
  ofRevision({ plan, prefix, files, artefacts, committed }, told) {
    const named = new Set(artefacts.map(({ key }) => key));
    for (const entry of files.values()) {
      // What it says of itself is told where it is named.
      if (named.has(entry.key)) continue;
      const role = roleOf(plan, entry.key);
      if (entry.unreadable !== undefined) tellEntry(entry, told);
      else if (role === null) tellEntry(entry, told);
      else if (role === 'artefact' && committed !== null) {
        told.find('foreign', entry.key, `it lies in ${prefix}, and the manifest there does not name it`);
      }
    }
  },
  ofPlan({ listed }, told) {
    for (const entry of listed.foreign) tellEntry(entry, told);
    for (const entry of listed.others) {
      if (!isSafeKey(entry.key)) tellUnsafe(entry, told);
    }
  },
};

function roleOf(plan: string, key: string): string | null {
  const file = archivedFileOf(plan, key);
  return file !== null && 'role' in file ? file.role : null;
}

function tellEntry(entry: ArchiveEntry, told: Told): void {
  const { key, unreadable } = entry;
  if (!isSafeKey(key)) tellUnsafe(entry, told);
  else if (unreadable === undefined) told.find('foreign', key, 'it is no file of an archive');
  else told.find('link', key, wordsOf[unreadable]);
}

function tellUnsafe({ key }: ArchiveEntry, told: Told): void {
  told.find('unsafe-name', key, 'its name is another one on another system, or leads elsewhere');
}

const wordsOf: Readonly<Record<NonNullable<ArchiveEntry['unreadable']>, string>> = {
  link: 'it is a symbolic link',
  folder: 'it is a folder, where a file must be',
  special: 'it is neither a file nor a folder',
  'no-right': 'permission denied',
  device: 'the device reported an input/output error',
  'no-folder': 'it is a file, where a folder must be',
  'bad-name': 'nothing in an archive has such a name',
};
