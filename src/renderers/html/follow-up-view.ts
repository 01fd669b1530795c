import type { DailyReport, Turn } from '../../model/daily-report.js';
import { formatCount, formatInteger, outcomeLabels, verdictLabels, type Label } from '../labels.js';
import { capped, shortText, type CappedList } from './view-parts.js';

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

export interface FollowUpView {
  /** Date of the report that this one is compared with; null: there is none. */
  readonly comparedWith: string | null;
  readonly newCount: string;
  readonly newlyBad: CappedList<TurnView>;
  readonly resolvedCount: string;
  readonly resolved: CappedList<TurnView>;
}

const left: Label = { words: 'Left the population', tone: 'quiet' };

export function followUpView(report: DailyReport): FollowUpView {
  const { comparedWith, newlyBad, resolved } = report.followUp;
  const waived = waivedIds(report);
  return {
    comparedWith: comparedWith === null ? null : shortText(comparedWith),
    newCount: formatInteger(newlyBad.length),
    newlyBad: capped(newlyBad, turnCap, 'resource', (turn) => newView(turn, waived)),
    resolvedCount: formatInteger(resolved.length),
    resolved: capped(resolved, turnCap, 'resource', (turn) => resolvedView(turn, waived)),
  };
}

/** The resources that a waiver holds for. */
export function waivedIds({ resources }: DailyReport): ReadonlySet<string> {
  return new Set(resources.filter(({ waiver }) => waiver !== null).map(({ resourceId }) => resourceId));
}

/** A resource that is not good, and was not so in the previous report. */
export function newView(turn: Turn, waived: ReadonlySet<string>): TurnView {
  return { ...turnView(turn, waived), time: badSinceWords(turn.badSince, turn.badDays) };
}

/** A resource that was not good in the previous report, and is not any more. */
export function resolvedView(turn: Turn, waived: ReadonlySet<string>): TurnView {
  const time = `after ${formatCount(turn.badDays, 'bad day')} since ${shortText(turn.badSince)}`;
  return { ...turnView(turn, waived), time };
}

/** `since 2026-11-17, 3 bad days in a row`; `since 2026-11-19` on the first of them. */
export function badSinceWords(badSince: string, badDays: number): string {
  const since = `since ${shortText(badSince)}`;
  return badDays < 2 ? since : `${since}, ${formatCount(badDays, 'bad day')} in a row`;
}

function turnView(turn: Turn, waived: ReadonlySet<string>): Omit<TurnView, 'time'> {
  return {
    name: shortText(turn.resourceName),
    kind: shortText(turn.resourceType),
    owner: turn.owner === null ? 'no owner named' : shortText(turn.owner),
    outcome: turn.outcome === null ? null : outcomeLabels[turn.outcome],
    verdict: turn.compliance === null ? left : verdictLabels[turn.compliance],
    isWaived: waived.has(turn.resourceId),
    words: shortText(turn.words),
  };
}
