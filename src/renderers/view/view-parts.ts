import type { ControlTotals } from '../../model/control-totals.js';
import type { DailyReport, ReportTotals } from '../../reports/backup-compliance/model/daily-report.js';
import { outcomes } from '../../reports/backup-compliance/model/resource-compliance.js';
import { clip, plainLine } from '../../base/text-safety.js';
import type { Label, Wording } from './wording.js';

/** A list that may be cut: what is shown, and a sentence for the rest. */
export interface CappedList<Item> {
  readonly items: readonly Item[];
  /** null when everything is shown. */
  readonly more: string | null;
}

export interface Tile extends Label {
  readonly count: string;
  readonly isZero: boolean;
}

/** An equation that a reader can check, and whether it holds. */
export interface Balance {
  readonly equation: string;
  readonly holds: boolean;
}

/** What the page can say that more is there of: `page.more.<noun>`. */
export type MoreNoun =
  | 'exception'
  | 'waivedResource'
  | 'resource'
  | 'incident'
  | 'change'
  | 'waiver'
  | 'finding'
  | 'policy'
  | 'attempt'
  | 'eventType';

/** What a page shows of any text: one visible line of at most 300 characters of the original. */
export function shortText(text: string, maxChars = 300): string {
  return plainLine(clip(text, maxChars));
}

export function capped<Source, Item>(
  all: readonly Source[],
  { cap, noun, wording }: { readonly cap: number; readonly noun: MoreNoun; readonly wording: Wording },
  view: (source: Source) => Item,
): CappedList<Item> {
  const rest = all.length - cap;
  return {
    items: all.slice(0, cap).map((source) => view(source)),
    more: rest <= 0 ? null : wording.text(`page.more.${noun}`, { number: rest }),
  };
}

/** An instant in the report's zone; `missing` where there is none. */
export function timeWords(iso: string | null, timezone: string, missing: string, wording: Wording): string {
  return iso === null ? missing : shortText(wording.time(iso, timezone));
}

/** A civil date as the language writes it. */
export function dateWords(date: string, { language }: Wording): string {
  return shortText(language.date(date));
}

/** Who acts on it. */
export function ownerWords(owner: string | null, { text }: Wording): string {
  return owner === null ? text('page.noOwner') : shortText(owner);
}

/** Type and compartment of a resource. */
export function placeWords(resource: {
  readonly resourceType: string;
  readonly compartmentId: string | null;
  readonly compartmentName: string | null;
}): string {
  const place = resource.compartmentName ?? resource.compartmentId;
  const type = shortText(resource.resourceType);
  return place === null ? type : `${type} · ${shortText(place)}`;
}

export function tile(label: Label, count: number, { language }: Wording): Tile {
  // A count of nothing carries no colour: a red zero alarms, a green zero reassures, both for nothing.
  return {
    words: label.words,
    tone: count === 0 ? 'quiet' : label.tone,
    count: language.integer(count),
    isZero: count === 0,
  };
}

/** `12 expected = 7 compliant + 4 non-compliant + 1 unknown + 0 not applicable` */
export function verdictBalance(totals: ReportTotals, wording: Wording): Balance {
  const { expected, compliant, nonCompliant, unknown, notApplicable } = totals;
  const { text } = wording;
  const parts: readonly Part[] = [
    [compliant, text('page.balance.compliant')],
    [nonCompliant, text('page.balance.nonCompliant')],
    [unknown, text('page.balance.unknown')],
    [notApplicable, text('page.balance.notApplicable')],
  ];
  return balance([expected, text('page.balance.expected')], parts, wording);
}

/** `12 expected = 2 failed + 1 missed + …`, without the outcomes that nothing had. */
export function outcomeBalance({ expected, byOutcome }: ReportTotals, wording: Wording): Balance {
  const parts = outcomes
    .map((outcome): Part => [byOutcome[outcome], withinSentence(wording.outcome(outcome).words, wording)])
    .filter(([count]) => count > 0);
  return balance([expected, wording.text('page.balance.expected')], parts, wording);
}

/** `13 expected = 8 in database team + 3 in storage + 2 in no slice` */
export function routingBalance(
  routing: NonNullable<DailyReport['routing']>,
  { expected }: ReportTotals,
  wording: Wording,
): Balance {
  const { text } = wording;
  const slices = routing.slices.map(({ name, resources }): Part => [
    resources,
    text('page.balance.inSlice', { slice: shortText(name) }),
  ]);
  const parts: readonly Part[] = [...slices, [routing.unrouted, text('page.balance.inNoSlice')]];
  return balance([expected, text('page.balance.expected')], parts, wording);
}

/** `48 read = 40 used + 4 duplicate + 2 outside + 2 ignored + 0 rejected` */
export function recordBalance(totals: ControlTotals, wording: Wording): Balance {
  const { text } = wording;
  const parts = (['used', 'duplicate', 'outside', 'ignored', 'rejected'] as const).map(
    (disposition): Part => [totals[disposition], text(`page.balance.${disposition}`)],
  );
  return balance([totals.read, text('page.balance.read')], parts, wording);
}

/** `Slice 'database team': 12 of 412 resources`; null for the whole report. */
export function sliceWords({ slice }: Pick<DailyReport, 'slice'>, { text }: Wording): string | null {
  if (slice === null) return null;
  const { name, resources, ofResources } = slice;
  return text('page.slice.words', { name: shortText(name), part: resources, number: ofResources });
}

/** What waivers do to the totals; null where there is nothing to say. */
export function waivedWords({ waived, waivedBad }: ReportTotals, { text }: Wording): string | null {
  return waived === 0 ? null : text('page.waivedWords', { waived, bad: waivedBad });
}

/** `This day has 25 hours, because the clocks change.`; null for an ordinary day. */
export function unusualHours(hours: number, { text }: Wording): string | null {
  return hours === 24 ? null : text('page.unusualHours', { hours });
}

/** `2026-11-19 00:00 EST until 2026-11-20 00:00 EST` */
export function windowWords(start: string, end: string, timezone: string, wording: Wording): string {
  const from = wording.time(start, timezone);
  return wording.text('page.window', { from, until: wording.time(end, timezone) });
}

/** Its first letter alone is made small: German nouns keep theirs. */
function withinSentence(words: string, { language }: Wording): string {
  const [first = ''] = words;
  return first.toLocaleLowerCase(language.tag) + words.slice(first.length);
}

type Part = readonly [count: number, words: string];

function balance(whole: Part, parts: readonly Part[], { language }: Wording): Balance {
  const written = ([count, words]: Part): string => `${language.integer(count)} ${words}`;
  let total = 0;
  for (const [count] of parts) total += count;
  return {
    equation: `${written(whole)} = ${parts.length === 0 ? '0' : parts.map(written).join(' + ')}`,
    holds: total === whole[0],
  };
}
