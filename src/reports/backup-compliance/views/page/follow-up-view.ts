import { capped, dateWords, shortText, type CappedList } from '../../../../renderers/view/view-parts.js';
import type { Label } from '../../../../renderers/view/wording.js';
import type { DailyReport, Transition } from '../../model/daily-report.js';
import type { BackupWording } from '../backup-wording.js';
import { ownerWords } from './page-words.js';
import type { ResourceLinks } from './resource-anchor.js';

/** Most transitions of one kind that are listed. */
const transitionCap = 500;

/** A resource whose standing changed. */
export interface TransitionView {
  readonly name: string;
  readonly kind: string;
  readonly owner: string;
  /** null: it left the population. */
  readonly outcome: Label | null;
  readonly verdict: Label;
  /** Whether a waiver holds for it now. */
  readonly isWaived: boolean;
  /** `since 2026-11-19`; for a resolved one `after 4 bad days since 2026-11-14`. */
  readonly time: string;
  readonly words: string;
}

interface LinkedTransition extends TransitionView {
  /** Where the page shows its details; null: nowhere. */
  readonly link: string | null;
}

export interface FollowUpView {
  /** Date of the report that this one is compared with; null: there is none. */
  readonly comparedWith: string | null;
  readonly newCount: string;
  readonly newlyBad: CappedList<LinkedTransition>;
  readonly resolvedCount: string;
  readonly resolved: CappedList<LinkedTransition>;
}

export function followUpView(
  report: DailyReport,
  links: ResourceLinks,
  wording: BackupWording,
): FollowUpView {
  const { comparedWith, newlyBad, resolved } = report.followUp;
  const { integer } = wording.language;
  const waived = waivedIds(report);
  const limits = { cap: transitionCap, noun: 'resource', wording } as const;
  return {
    comparedWith: comparedWith === null ? null : dateWords(comparedWith, wording),
    newCount: integer(newlyBad.length),
    newlyBad: capped(newlyBad, limits, (transition) => ({
      ...newlyBadView(transition, waived, wording),
      link: links(transition.resourceId),
    })),
    resolvedCount: integer(resolved.length),
    resolved: capped(resolved, limits, (transition) => ({
      ...resolvedView(transition, waived, wording),
      link: links(transition.resourceId),
    })),
  };
}

/** The resources that a waiver holds for. */
function waivedIds({ resources }: DailyReport): ReadonlySet<string> {
  return new Set(resources.filter(({ waiver }) => waiver !== null).map(({ resourceId }) => resourceId));
}

/** A resource that is not good now but was in the previous report. */
function newlyBadView(
  transition: Transition,
  waived: ReadonlySet<string>,
  wording: BackupWording,
): TransitionView {
  return {
    ...transitionView(transition, waived, wording),
    time: badSinceWords(transition.badSince, transition.badDays, wording),
  };
}

/** A resource that was not good in the previous report and is now. */
function resolvedView(
  transition: Transition,
  waived: ReadonlySet<string>,
  wording: BackupWording,
): TransitionView {
  const since = dateWords(transition.badSince, wording);
  const time = wording.text('page.resolvedAfter', { number: transition.badDays, since });
  return { ...transitionView(transition, waived, wording), time };
}

/** `since 2026-11-17, 3 bad days in a row`; `since 2026-11-19` on the first of them. */
export function badSinceWords(badSince: string, badDays: number, wording: BackupWording): string {
  const since = wording.text('page.since', { since: dateWords(badSince, wording) });
  const days = badDaysWords(badDays, wording);
  return days === null ? since : `${since}, ${days}`;
}

/** `3 bad days in a row`; null on the first of them. */
export function badDaysWords(badDays: number, { text }: BackupWording): string | null {
  return badDays < 2 ? null : text('page.badDays', { number: badDays });
}

function transitionView(
  transition: Transition,
  waived: ReadonlySet<string>,
  wording: BackupWording,
): Omit<TransitionView, 'time'> {
  return {
    name: shortText(transition.resourceName),
    kind: shortText(wording.resourceType(transition.resourceType)),
    owner: ownerWords(transition.owner, wording),
    outcome: transition.outcome === null ? null : wording.outcome(transition.outcome),
    verdict:
      transition.compliance === null
        ? { words: wording.text('page.leftPopulation'), tone: 'quiet' }
        : wording.verdict(transition.compliance),
    isWaived: waived.has(transition.resourceId),
    words: shortText(transition.words),
  };
}
