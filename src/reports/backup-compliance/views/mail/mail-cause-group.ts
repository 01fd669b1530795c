import type { Tone } from '../../../../renderers/view/wording.js';
import type { ResourceCompliance } from '../../model/resource-compliance.js';
import type { CauseGroup } from '../causes/cause-groups.js';
import { causeName, causeWords } from '../causes/cause-words.js';
import { placeWords } from '../place-words.js';
import { causeTitle, sentenceStart } from './mail-cause.js';
import { codesWords, toneOf } from './mail-exception.js';
import { moreWords } from './mail-list.js';
import type { MailWording } from './mail-wording.js';

/** Most names of a group, and most owners. */
const shownNames = 5;
const shownOwners = 3;

/** Many resources that need attention for one cause. */
export interface MailCauseGroup {
  /** `3,000 resources` */
  readonly title: string;
  /** `a@example.com, b@example.com, c@example.com and 6 more` */
  readonly owners: string;
  readonly tone: Tone;
  /** As that of an exception. */
  readonly cause: string;
  /** `(RMAN-03009, ORA-19511), the first at 2026-11-28 06:08 EST`; null: there is no more to say. */
  readonly detail: string | null;
  /** The worst: where they are, or what the service said where the cause is not in the table. */
  readonly worst: readonly { readonly name: string; readonly text: string }[];
  /** How many more there are. */
  readonly more: string | null;
  readonly advice: string;
}

export function mailCauseGroup(
  group: CauseGroup,
  first: ResourceCompliance,
  context: MailWording,
): MailCauseGroup {
  const { resources, owners, cause } = group;
  const { wording, texts } = context;
  const { language } = wording;
  const isAlike = resources.every(
    ({ outcome, compliance }) => outcome === first.outcome && compliance === first.compliance,
  );
  const { codes } = cause;
  const detail = [codes.length === 0 ? null : codesWords(codes, context), firstWords(group, first, context)];
  return {
    title: language.count('resource', resources.length),
    owners: ownersWords(owners, context),
    tone: toneOf(first, context),
    cause: isAlike ? causeTitle(first, wording) : sentenceStart(causeName(cause, wording), wording),
    detail: detail.filter((part) => part !== null).join(', ') || null,
    worst: resources.slice(0, shownNames).map((each) => ({
      name: texts.name(each.resourceName),
      text: cause.id === 'FAILED' ? failureWords(each, context) : placeWords(each, texts.name, wording),
    })),
    more: moreWords(wording, 'ofGroup', resources.length - shownNames),
    advice: causeWords(first, wording).advice,
  };
}

/** When the first backup failed; of what is no failure, since when it is so, if a day is known. */
function firstWords(
  { firstTime }: CauseGroup,
  { outcome }: ResourceCompliance,
  { wording, texts }: MailWording,
): string | null {
  if (firstTime === null) return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(firstTime)) {
    return wording.text('mail.group.since', { day: texts.day(firstTime) });
  }
  return outcome === 'FAILED' ? wording.text('mail.group.first', { time: texts.time(firstTime) }) : null;
}

function failureWords({ lastFailure }: ResourceCompliance, { wording, texts }: MailWording): string {
  const message = lastFailure?.message ?? null;
  return message === null ? wording.text('mail.exception.noReason') : texts.sentence(message);
}

function ownersWords(owners: readonly string[], { wording, texts }: MailWording): string {
  if (owners.length === 0) return wording.text('mail.exception.noOwner');
  const names = owners.slice(0, shownOwners).map(texts.name).join(', ');
  const number = owners.length - shownOwners;
  return number > 0 ? wording.text('mail.group.owners', { names, number }) : names;
}
