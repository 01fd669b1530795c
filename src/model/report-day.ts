import type { CivilDay } from '../base/civil-dates.js';

/** The civil day that a report is about. */
export type ReportDay = CivilDay;

/** The instants [fromMs, toMs) that a source is asked for, epoch milliseconds. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}
