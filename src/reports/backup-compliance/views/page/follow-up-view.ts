import type { DailyReport, Transition } from '../../model/daily-report.js';
import type { Label, Wording } from '../../../../renderers/view/wording.js';
import type { ResourceLinks } from './resource-anchor.js';
import {
  capped,
  dateWords,
  ownerWords,
  shortText,
  type CappedList,
} from '../../../../renderers/view/view-parts.js';

/** Turns of one kind that are listed. */
const turnCap = 500;

/** A resource whose standing changed. */
export interface TurnView {
  readonly name: string;
  readonly kind: string;
  readonly owner: string;
  /** null: it left the population. */
  readonly outcome: Label | null;
  readonly verdict: Label;
  /** Whether a waiver holds for it now. */
  readonly isWaived: boolean;
  /** `since 2026-11-19`; of a resolved one `after 4 bad days since 2026-11-14`. */
  readonly time: string;
  readonly words: string;
}

interface LinkedTurn extends TurnView {
  /** Where the page tells more of it; null: nowhere. */
  readonly link: string | null;
}

export interface FollowUpView {
  /** Date of the report that this one is compared with; null: there is none. */
  readonly comparedWith: string | null;
  readonly newCount: string;
  readonly newlyBad: CappedList<LinkedTurn>;
  readonly resolvedCount: string;
  readonly resolved: CappedList<LinkedTurn>;
}

export function followUpView(report: DailyReport, links: ResourceLinks, wording: Wording): FollowUpView {
  const { comparedWith, newlyBad, resolved } = report.followUp;
  const { integer } = wording.language;
  const waived = waivedIds(report);
  const limits = { cap: turnCap, noun: 'resource', wording } as const;
  return {
    comparedWith: comparedWith === null ? null : dateWords(comparedWith, wording),
    newCount: integer(newlyBad.length),
    newlyBad: capped(newlyBad, limits, (turn) => ({
      ...newView(turn, waived, wording),
      link: links(turn.resourceId),
    })),
    resolvedCount: integer(resolved.length),
    resolved: capped(resolved, limits, (turn) => ({
      ...resolvedView(turn, waived, wording),
      link: links(turn.resourceId),
    })),
  };
}

/** The resources that a waiver holds for. */
export function waivedIds({ resources }: DailyReport): ReadonlySet<string> {
  return new Set(resources.filter(({ waiver }) => waiver !== null).map(({ resourceId }) => resourceId));
}

/** A resource that is not good, and was not so in the previous report. */
export function newView(turn: Transition, waived: ReadonlySet<string>, wording: Wording): TurnView {
  return { ...turnView(turn, waived, wording), time: badSinceWords(turn.badSince, turn.badDays, wording) };
}

/** A resource that was not good in the previous report, and is not any more. */
export function resolvedView(turn: Transition, waived: ReadonlySet<string>, wording: Wording): TurnView {
  const since = dateWords(turn.badSince, wording);
  const time = wording.text('page.resolvedAfter', { number: turn.badDays, since });
  return { ...turnView(turn, waived, wording), time };
}

/** `since 2026-11-17, 3 bad days in a row`; `since 2026-11-19` on the first of them. */
export function badSinceWords(badSince: string, badDays: number, wording: Wording): string {
  const since = wording.text('page.since', { since: dateWords(badSince, wording) });
  const days = badDaysWords(badDays, wording);
  return days === null ? since : `${since}, ${days}`;
}

/** `3 bad days in a row`; null on the first of them. */
export function badDaysWords(badDays: number, { text }: Wording): string | null {
  return badDays < 2 ? null : text('page.badDays', { number: badDays });
}

function turnView(turn: Transition, waived: ReadonlySet<string>, wording: Wording): Omit<TurnView, 'time'> {
  return {
    name: shortText(turn.resourceName),
    kind: shortText(turn.resourceType),
    owner: ownerWords(turn.owner, wording),
    outcome: turn.outcome === null ? null : wording.outcome(turn.outcome),
    verdict:
      turn.compliance === null
        ? { words: wording.text('page.leftPopulation'), tone: 'quiet' }
        : wording.verdict(turn.compliance),
    isWaived: waived.has(turn.resourceId),
    words: shortText(turn.words),
  };
}
