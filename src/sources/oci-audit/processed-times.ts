import { minuteMs } from '../../base/time-units.js';
import { type TimeWindow, askedToMs } from '../../model/report-day.js';
import { clockToleranceMs } from '../clock-tolerance.js';

/** A range [fromMs, toMs) of whole minutes, epoch milliseconds. */
export interface MinuteRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * When the events of a window may have been processed, to the minute: Audit selects by that, and refuses seconds. An event is
 * processed after it happened, clocks apart. Nothing can have been processed after now.
 *
 * https://docs.oracle.com/iaas/api/#/en/audit/20190901/AuditEvent/ListEvents
 */
export function processedTimesOf(window: TimeWindow, ingestionDelayMs: number, nowMs: number): MinuteRange {
  const fromMs = floorMinute(window.fromMs - clockToleranceMs);
  const wantedMs = Math.ceil((askedToMs(window) + ingestionDelayMs) / minuteMs) * minuteMs;
  return { fromMs, toMs: Math.max(fromMs + minuteMs, Math.min(wantedMs, floorMinute(nowMs))) };
}

function floorMinute(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs;
}
