import type { ControlTotals } from '../../model/control-totals.js';
import type { DailyReport, ReportTotals } from '../../model/daily-report.js';
import { outcomes } from '../../model/resource-compliance.js';
import { formatCount, formatInteger, formatTime, outcomeLabels, type Label } from '../labels.js';
import { clip, plainLine } from '../text-safety.js';

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

/** What a page shows of any text: one visible line of at most 300 characters of the original. */
export function shortText(text: string, maxChars = 300): string {
  return plainLine(clip(text, maxChars));
}

export function capped<Source, Item>(
  all: readonly Source[],
  cap: number,
  noun: string,
  view: (source: Source) => Item,
  plural = `${noun}s`,
): CappedList<Item> {
  const rest = all.length - cap;
  const verb = rest === 1 ? 'is' : 'are';
  return {
    items: all.slice(0, cap).map((source) => view(source)),
    more:
      rest <= 0
        ? null
        : `${formatCount(rest, `more ${noun}`, `more ${plural}`)} ${verb} not shown here; report.xlsx and report.json hold the full population.`,
  };
}

/** An instant in the report's zone; `missing` where there is none. */
export function timeWords(iso: string | null, timezone: string, missing: string): string {
  return iso === null ? missing : shortText(formatTime(iso, timezone));
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

export function outcomeTiles({ byOutcome }: ReportTotals): readonly Tile[] {
  return outcomes.map((outcome) => tile(outcomeLabels[outcome], byOutcome[outcome]));
}

export function tile(label: Label, count: number): Tile {
  // A count of nothing carries no colour: a red zero alarms, a green zero reassures, both for nothing.
  return {
    words: label.words,
    tone: count === 0 ? 'quiet' : label.tone,
    count: formatInteger(count),
    isZero: count === 0,
  };
}

/** `12 expected = 7 compliant + 4 non-compliant + 1 unknown + 0 not applicable` */
export function verdictBalance(totals: ReportTotals): Balance {
  const { expected, compliant, nonCompliant, unknown, notApplicable } = totals;
  return balance(expected, 'expected', [
    [compliant, 'compliant'],
    [nonCompliant, 'non-compliant'],
    [unknown, 'unknown'],
    [notApplicable, 'not applicable'],
  ]);
}

/** `12 expected = 2 failed + 1 missed + …`, without the outcomes that nothing had. */
export function outcomeBalance({ expected, byOutcome }: ReportTotals): Balance {
  const parts = outcomes
    .map((outcome): Part => [byOutcome[outcome], outcomeLabels[outcome].words.toLowerCase()])
    .filter(([count]) => count > 0);
  return balance(expected, 'expected', parts);
}

/** `13 expected = 8 in database team + 3 in storage + 2 in no slice` */
export function routingBalance(
  routing: NonNullable<DailyReport['routing']>,
  { expected }: ReportTotals,
): Balance {
  const slices = routing.slices.map(({ name, resources }): Part => [resources, `in ${shortText(name)}`]);
  return balance(expected, 'expected', [...slices, [routing.unrouted, 'in no slice']]);
}

/** `48 read = 40 used + 4 duplicate + 2 outside + 2 ignored + 0 rejected` */
export function recordBalance(totals: ControlTotals): Balance {
  return balance(totals.read, 'read', [
    [totals.used, 'used'],
    [totals.duplicate, 'duplicate'],
    [totals.outside, 'outside'],
    [totals.ignored, 'ignored'],
    [totals.rejected, 'rejected'],
  ]);
}

/** `Slice 'database team': 12 of 412 resources`; null for the whole report. */
export function sliceWords({ slice }: Pick<DailyReport, 'slice'>): string | null {
  if (slice === null) return null;
  const of = `${formatInteger(slice.resources)} of ${formatCount(slice.ofResources, 'resource')}`;
  return `Slice '${shortText(slice.name)}': ${of}`;
}

/** What waivers do to the totals; null where there is nothing to say. */
export function waivedWords({ waived, waivedBad }: ReportTotals): string | null {
  if (waived === 0) return null;
  return `${formatInteger(waived)} waived, ${formatInteger(waivedBad)} of them non-compliant or unknown; they keep their verdict and are counted apart`;
}

/** `This day has 25 hours, because the clocks change.`; null for an ordinary day. */
export function unusualHours(hours: number): string | null {
  return hours === 24 ? null : `This day has ${hours} hours, because the clocks change.`;
}

/** `2026-11-19 00:00 EST until 2026-11-20 00:00 EST` */
export function windowWords(start: string, end: string, timezone: string): string {
  return `${formatTime(start, timezone)} until ${formatTime(end, timezone)}`;
}

type Part = readonly [count: number, words: string];

function balance(whole: number, words: string, parts: readonly Part[]): Balance {
  const sum = parts.map(([count, name]) => `${formatInteger(count)} ${name}`).join(' + ');
  let total = 0;
  for (const [count] of parts) total += count;
  return {
    equation: `${formatInteger(whole)} ${words} = ${sum === '' ? '0' : sum}`,
    holds: total === whole,
  };
}
