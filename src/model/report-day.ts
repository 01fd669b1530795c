import type { CivilDay } from '../base/civil-dates.js';

/** The civil day that a report is about. */
export type ReportDay = CivilDay;

/** Instants [fromMs, toMs) that a source is asked for. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}
