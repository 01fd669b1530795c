import { shortText } from '../../../../renderers/view/view-parts.js';
import type { BackupWording } from '../backup-wording.js';
import type { CauseGroup } from '../causes/cause-groups.js';
import { causeWords } from '../causes/cause-words.js';
import { groupSentence } from '../causes/worst-sentence.js';

const shownNames = 3;
const shownOwners = 3;
const shownCodes = 6;
const nameChars = 80;

/** Lines of the resources of one cause: which, why, who is to act, and what to do; 3,000 are as long as three. */
export function noticeGroup(group: CauseGroup, wording: BackupWording): string[] {
  const { resources, cause } = group;
  const { text } = wording;
  const [first] = resources;
  if (first === undefined) return [];
  const { advice, command, console } = causeWords(first, wording);
  const lines = [groupSentence(group, wording)];
  if (resources.length > 2) {
    const names = resources
      .slice(0, shownNames)
      .map(({ resourceName }) => shortText(resourceName, nameChars));
    const number = resources.length - names.length;
    const values = { names: names.join(', '), number };
    lines.push(text(number === 0 ? 'notice.are' : 'notice.of', values));
  }
  if (cause.codes.length > 0) {
    lines.push(text('notice.codes', { codes: cause.codes.slice(0, shownCodes).join(', ') }));
  }
  lines.push(ownersLine(group, wording), text('notice.advice', { advice }));
  if (resources.length === 1 && command !== null) lines.push(text('notice.command', { command }));
  if (resources.length === 1 && console !== null) lines.push(text('notice.console', { url: console }));
  return lines;
}

function ownersLine({ owners }: CauseGroup, { text }: BackupWording): string {
  if (owners.length === 0) return text('notice.noOwner');
  const shown = owners.slice(0, shownOwners).map((owner) => shortText(owner, nameChars));
  const more = owners.length - shown.length;
  const names = shown.join(', ');
  const words = more === 0 ? names : text('notice.moreOwners', { owners: names, number: more });
  return text('notice.owners', { number: owners.length, owners: words });
}
