import type { CivilDay } from '../base/civil-dates.js';
import { hourMs } from '../base/time-units.js';

/** The civil day that a report is about. */
export type ReportDay = CivilDay;

/** How long after the cut-off late records are waited for, and how far a reading looks ahead, where a plan says nothing. */
export const defaultSettleDelayMs = 6 * hourMs;

/** How many days a gap of the archive may have that a report bridges, where a plan says nothing. */
export const defaultMaxBridgeDays = 35;

/**
 * The instants [fromMs, toMs) that are read for a report, epoch milliseconds: `toMs` is the cut-off. Sources are asked
 * for more, up to the end of the settle delay: what lies there is outside of the window.
 */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
  /** Where the look-ahead ends, not included; absent: there is none. */
  readonly aheadToMs?: number;
}

/** Up to when a source is asked for records, not included. Epoch milliseconds. */
export function askedToMs({ toMs, aheadToMs = toMs }: TimeWindow): number {
  return Math.max(toMs, aheadToMs);
}

/** Reads a day from an instant on, and looks ahead for as long as late records are waited for. */
export function windowOfDay({ cutOffMs }: ReportDay, fromMs: number, settleDelayMs: number): TimeWindow {
  return { fromMs, toMs: cutOffMs, aheadToMs: cutOffMs + settleDelayMs };
}
