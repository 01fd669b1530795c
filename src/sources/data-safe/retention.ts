import { toIso } from '../../base/instants.js';
import { dayMs } from '../../base/time-units.js';
import { reasonWords } from '../../model/reasons/reason-words.js';
import type { TimeWindow } from '../../model/report-day.js';
import type { JsonObject } from '../../records/json.js';

/** A month of retention, at its shortest in practice: events of such an age may be gone. */
const monthMs = 30 * dayMs;

/** Why targets may not have the events of the window any more, as far as their audit profiles tell. */
export function goneReasons(
  trails: readonly JsonObject[],
  { fromMs }: TimeWindow,
  nowMs: number,
): readonly string[] {
  const targets = new Set(
    trails
      .filter(
        ({ onlineMonths }) => typeof onlineMonths === 'number' && fromMs < nowMs - onlineMonths * monthMs,
      )
      .map(({ targetId }) => String(targetId)),
  );
  return targets.size === 0
    ? []
    : [reasonWords('dataSafeGone', { number: targets.size, from: toIso(fromMs) })];
}
