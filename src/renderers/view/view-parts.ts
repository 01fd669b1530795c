import { clip, plainLine } from '../../base/text-safety.js';
import type { ControlTotals } from '../../model/control-totals.js';
import type { Label, Wording } from './wording.js';

/** A list that may be cut: what is shown, and a sentence for the rest. */
export interface CappedList<Item> {
  readonly items: readonly Item[];
  /** null if everything is shown. */
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

/** One side of an equation, or one summand: `4 non-compliant`, with the number 4. */
export interface Term {
  readonly number: number;
  readonly words: string;
}

/** Any text as shown on a page: one visible line of at most 300 characters of the original. */
export function shortText(text: string, maxChars = 300): string {
  return plainLine(clip(text, maxChars));
}

/** A sentence of the tool's own, which names several OCIDs or holds a rule to be copied: a part of it would be of no use. */
export function uncutText(text: string): string {
  return shortText(text, 4000);
}

/** @param noun of the message `page.more.<noun>`, which says that there are more */
export function capped<Source, Item>(
  all: readonly Source[],
  { cap, noun, wording }: { readonly cap: number; readonly noun: string; readonly wording: Wording },
  view: (source: Source) => Item,
): CappedList<Item> {
  const rest = all.length - cap;
  return {
    items: all.slice(0, cap).map((source) => view(source)),
    more: rest <= 0 ? null : wording.text(`page.more.${noun}`, { number: rest }),
  };
}

/** An instant in the report's zone; `missing` if there is none. */
export function timeWords(iso: string | null, timezone: string, missing: string, wording: Wording): string {
  return iso === null ? missing : shortText(wording.time(iso, timezone));
}

/** A civil date as the language writes it. */
export function dateWords(date: string, { language }: Wording): string {
  return shortText(language.date(date));
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

export function tile(label: Label, count: number, { language }: Wording): Tile {
  return {
    words: label.words,
    tone: countTone(label, count),
    count: language.integer(count),
    isZero: count === 0,
  };
}

/** A zero has no colour: a red zero alarms, a green zero reassures, both without reason. */
export function countTone({ tone }: Label, count: number): Label['tone'] {
  return count === 0 ? 'quiet' : tone;
}

/** `48 read = 40 used + 4 duplicate + 2 outside + 2 ignored + 0 rejected` */
export function recordBalance(totals: ControlTotals, wording: Wording): Balance {
  const term = (disposition: keyof ControlTotals): Term =>
    countedTerm(totals[disposition], wording.text(`page.balance.${disposition}`), wording);
  const parts = (['used', 'duplicate', 'outside', 'ignored', 'rejected'] as const).map(term);
  return balance(term('read'), parts);
}

/** `4 non-compliant` */
export function countedTerm(number: number, words: string, { language }: Wording): Term {
  return { number, words: `${language.integer(number)} ${words}` };
}

/** `12 expected = 7 compliant + 4 non-compliant + 1 unknown`; without parts `0 expected = 0`. */
export function balance(whole: Term, parts: readonly Term[]): Balance {
  let total = 0;
  for (const { number } of parts) total += number;
  const sum = parts.length === 0 ? '0' : parts.map(({ words }) => words).join(' + ');
  return { equation: `${whole.words} = ${sum}`, holds: total === whole.number };
}
