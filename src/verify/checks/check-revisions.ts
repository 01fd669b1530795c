import type { Check, LinkFacts, RevisionLink } from '../check.js';
import type { Told } from '../finding.js';

/** A later revision hides no earlier one: no number is left out, and each names what it replaces and what is unfinished. */
export const checkRevisions: Check = {
  name: 'revisions',
  ofPlan({ links }, told) {
    tellRevisions(links, told);
  },
};

/** A revision of a day, or of a period: then `date` is its name. */
export interface NumberedRevision extends Pick<
  RevisionLink,
  'date' | 'revision' | 'prefix' | 'manifestKey' | 'manifestSha256' | 'isUnfinished'
> {
  readonly facts: Pick<LinkFacts, 'supersedes' | 'unfinishedRevisions'> | null;
}

/** @param links in order of their numbers */
export function tellRevisions(links: readonly NumberedRevision[], told: Told): void {
  for (const day of byDay(links)) {
    tellMissing(day, told);
    tellUnfinished(day, told);
    for (const link of day) tellSuperseded(link, day, told);
  }
}

function byDay(links: readonly NumberedRevision[]): readonly (readonly NumberedRevision[])[] {
  const days = new Map<string, NumberedRevision[]>();
  for (const link of links) days.set(link.date, [...(days.get(link.date) ?? []), link]);
  return [...days.values()];
}

function tellMissing(day: readonly NumberedRevision[], told: Told): void {
  const numbers = new Set(day.map(({ revision }) => revision));
  const last = day.at(-1);
  if (last === undefined) return;
  const missing: number[] = [];
  for (let number = 1; number < last.revision && missing.length <= mostTold; number += 1) {
    if (!numbers.has(number)) missing.push(number);
  }
  for (const number of missing.slice(0, mostTold)) {
    told.find('revision-missing', `${last.prefix}`, `${last.date} has r${last.revision}, and no r${number}`);
  }
  if (missing.length > mostTold) told.find('revision-missing', last.prefix, 'and more are missing before it');
}

/** Of a day. */
const mostTold = 10;

function tellUnfinished(day: readonly NumberedRevision[], told: Told): void {
  for (const [index, link] of day.entries()) {
    const { revision, facts, isUnfinished, prefix } = link;
    const later = day.slice(index + 1).find((each) => each.facts !== null);
    if (isUnfinished) {
      if (later?.facts?.unfinishedRevisions.includes(revision) === true) {
        told.note('named-unfinished', prefix, `a run was stopped there; r${later.revision} names it`);
      } else if (later === undefined) told.find('unfinished-revision', prefix, 'it has no manifest');
      else {
        const words = `r${revision} has no manifest, and r${later.revision} does not say that it was unfinished`;
        told.find('revision-hidden', prefix, words);
      }
      continue;
    }
    const hiding = facts && day.find((each) => each.facts?.unfinishedRevisions.includes(revision));
    if (hiding)
      told.find(
        'revision-hidden',
        prefix,
        `r${hiding.revision} says that it was unfinished, and it has a manifest`,
      );
  }
}

function tellSuperseded(link: NumberedRevision, day: readonly NumberedRevision[], told: Told): void {
  const { facts, manifestKey, revision } = link;
  if (facts === null) return;
  const before = day.filter((each) => each.revision < revision);
  const { supersedes } = facts;
  // One whose manifest is damaged is told, and may have been so then.
  const newest = before.findLast((each) => each.facts !== null);
  if (supersedes === null) {
    if (newest !== undefined) {
      told.find('revision-hidden', manifestKey, `it replaces none, and r${newest.revision} was there`);
    }
    return;
  }
  const replaced = before.find((each) => each.revision === supersedes.revision);
  if (replaced === undefined) {
    told.find('supersedes-broken', manifestKey, `it replaces r${supersedes.revision}, which is not there`);
  } else if (replaced.manifestSha256 !== supersedes.manifestSha256) {
    const words = `the manifest of r${supersedes.revision}, which it replaces, has another sha-256 than it says`;
    told.find('supersedes-broken', manifestKey, words);
  } else if (newest !== undefined && newest.revision > supersedes.revision) {
    const words = `it replaces r${supersedes.revision}, and passes over r${newest.revision}`;
    told.find('revision-hidden', manifestKey, words);
  }
}
