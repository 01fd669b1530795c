import { dateRanges } from '../../base/date-ranges.js';
import { readKept } from '../../day/revisions/kept-file.js';
import { damageInEnglish } from '../../model/archive-damage.js';
import { renamedKey } from '../../model/archive-keys.js';
import { readDocument } from '../../model/read-document.js';
import { renamingSchema } from '../../model/renaming.js';
import type { Check, DateRange } from '../check.js';

/** A plan that was renamed says to what, and has no day after that: the new name has one, too. */
export const checkRenaming: Check = {
  name: 'renaming',
  async ofPlan({ plan, listed, range }, told, { archive }) {
    if (!listed.others.some(({ file }) => file.place === 'renamed')) return;
    const key = renamedKey(plan);
    const kept = await readKept(archive, key);
    if (!kept.ok) {
      told.find('renaming-damaged', key, damageInEnglish(kept.damage));
      return;
    }
    const read = readDocument(kept.bytes, renamingSchema);
    if (!read.ok || read.checked.plan !== plan) {
      told.find('renaming-damaged', key, 'it does not say under which name the plan goes on');
      return;
    }
    const { renamedTo, lastDay } = read.checked;
    told.note(
      'renamed-plan',
      key,
      `the plan is called ${renamedTo} since: its days up to ${lastDay} are here`,
    );
    const later = listed.revisions.filter(
      ({ hasManifest, date }) => hasManifest && date > lastDay && isWithin(date, range),
    );
    if (later.length === 0) return;
    const dates = dateRanges([...new Set(later.map(({ date }) => date))]);
    const words = `the plan is called ${renamedTo} since ${lastDay}, and ${dates} came under the old name all the same: two processes ran`;
    told.find('day-after-renaming', key, words);
  },
};

function isWithin(date: string, { from, to }: DateRange): boolean {
  return (from === null || date >= from) && (to === null || date <= to);
}
