import { dayMs, secondMs } from '../../../base/time-units.js';
import type { ControlResult } from '../model/resource-compliance.js';

/** The values of a control's reason that are lengths of time; which ones there are depends on its code. */
interface MeasuredValues {
  readonly ageMs?: number;
  readonly longestMs?: number;
  readonly days?: number | null;
  readonly lastRestore?: { readonly ageMs: number } | null;
  readonly limitMs?: number;
  readonly retentionMs?: number;
}

/** What a control measured and what it is compared with, as numbers: unrounded seconds, null where there are none. */
export function controlNumbers(
  judged: MeasuredValues,
): Required<Pick<ControlResult, 'measuredSeconds' | 'thresholdSeconds'>> {
  const ofDays = judged.days === undefined || judged.days === null ? null : judged.days * dayMs;
  const measured = judged.ageMs ?? judged.longestMs ?? judged.lastRestore?.ageMs ?? ofDays;
  const threshold = judged.limitMs ?? judged.retentionMs ?? null;
  return { measuredSeconds: secondsOf(measured), thresholdSeconds: secondsOf(threshold) };
}

function secondsOf(ms: number | null): number | null {
  return ms === null ? null : ms / secondMs;
}
