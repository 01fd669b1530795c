import { dayMs, hourMs, minuteMs, secondMs } from '../../../../base/time-units.js';
import type { Language } from '../../../../model/language.js';

/** What was measured and what is demanded, in milliseconds. */
export interface Measurement {
  readonly measuredMs: number;
  readonly limitMs: number;
  readonly isMet: boolean;
}

/**
 * Both as durations. They are rounded down as everywhere else, unless a demand that is not met would then show as met:
 * `26 h` of at most `26 h`.
 */
export function measuredInWords(
  { measuredMs, limitMs, isMet }: Measurement,
  language: Language,
): { readonly measured: string; readonly threshold: string } {
  const measured = language.duration(measuredMs);
  const threshold = language.duration(limitMs);
  if (isMet || measured !== threshold) return { measured, threshold };
  return { measured: exactDuration(measuredMs, language), threshold: exactDuration(limitMs, language) };
}

/** `1 d 2 h 0.5 s`: every unit that is not zero, to the millisecond. */
export function exactDuration(ms: number, { text }: Language): string {
  const parts = [
    ['days', Math.floor(ms / dayMs)],
    ['hours', Math.floor((ms % dayMs) / hourMs)],
    ['minutes', Math.floor((ms % hourMs) / minuteMs)],
  ] as const;
  const told = parts.filter(([, number]) => number !== 0);
  const words = told.map(([unit, number]) => text(`format.${unit}`, { [unit]: number }));
  const seconds = (ms % minuteMs) / secondMs;
  if (seconds !== 0 || words.length === 0) words.push(text('format.exactSeconds', { seconds }));
  return words.join(' ');
}
