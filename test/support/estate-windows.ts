import type { DateTime } from 'luxon';
import { hourMs, minuteMs } from '../../src/base/time-units.js';
import type { Dice, EstateMember } from './estate-members.js';
import type { AttemptResult } from './reference-facts.js';

/** The attempts of one window: one, or a second one after a first that came to nothing. */
export function resultsOfWindow({ family }: EstateMember, dice: Dice): readonly AttemptResult[] {
  // A snapshot of a file system is told of when it exists.
  if (family === 'file-system' || dice.chance(0.75)) return ['SUCCEEDED'];
  return dice.oneOf<readonly AttemptResult[]>([
    ['FAILED'],
    ['FAILED', 'SUCCEEDED'],
    ['SUCCEEDED', 'FAILED'],
    ['SUCCEEDED_WITH_WARNINGS'],
    ['UNKNOWN'],
    ['CANCELED'],
    ['CANCELED', 'SUCCEEDED'],
    ['SUCCEEDED', 'CANCELED'],
    ['SUCCEEDED', 'SUCCEEDED'],
  ]);
}

/** When a backup begins that is due on the day that starts then. Epoch milliseconds. */
export function beginOfWindow({ slot, family }: EstateMember, start: DateTime, dice: Dice): number {
  const nextMs = start.plus({ days: 1 }).startOf('day').toMillis();
  const jitterMs = dice.below(45) * minuteMs + dice.below(60_000);
  if (slot === 'over-midnight') {
    const isLong = !family.startsWith('autonomous') && dice.chance(0.05);
    return nextMs - (isLong ? 14 : 1) * hourMs + jitterMs;
  }
  if (slot === 'until-midnight') return nextMs - 2 * hourMs + jitterMs;
  return start.toMillis() + dice.below(7) * hourMs + jitterMs;
}

interface Window {
  readonly beginMs: number;
  readonly start: DateTime;
}

/** Of a second attempt it is soon; of the first one by the habit of the resource. Epoch milliseconds. */
export function endOfAttempt({ slot }: EstateMember, { beginMs, start }: Window, dice: Dice): number {
  const nextMs = start.plus({ days: 1 }).startOf('day').toMillis();
  const isFirst = beginMs < nextMs;
  if (isFirst && slot === 'until-midnight') return nextMs - dice.below(2);
  if (isFirst && slot === 'over-midnight') {
    // Before, at and after the end of the settle delay.
    if (dice.chance(0.06)) return nextMs + 6 * hourMs + (dice.below(3) - 1) * 1000;
    return nextMs + (1 + dice.below(150)) * minuteMs;
  }
  return beginMs + (3 + dice.below(80)) * minuteMs;
}
