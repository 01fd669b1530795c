import { hourMs } from '../base/time-units.js';
import type { ReportDay } from '../model/report-day.js';

/** The time zone of the demo's company. */
export const demoTimezone = 'America/New_York';

/** How long after the cut-off the demo's reports are made: the default settle delay. */
const demoSettleMs = 6 * hourMs;

/** When the report of a demo's day is made, epoch milliseconds: once it has settled, and never in the future. */
export function demoTime({ cutOffMs }: ReportDay, nowMs: number): number {
  return Math.min(cutOffMs + demoSettleMs, nowMs);
}
