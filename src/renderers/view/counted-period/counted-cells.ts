import type { Tone, Wording } from '../wording.js';
import type { CountedCell } from './counted-period.js';

export function textCell(words: string, tone: Tone | null = null): CountedCell {
  return { words, isNumber: false, tone };
}

/** A zero has no colour. */
export function numberCell(count: number, { language }: Wording, tone: Tone | null = null): CountedCell {
  return { words: language.integer(count), isNumber: true, tone: count === 0 ? null : tone };
}
