import { hourMs } from '../base/time-units.js';

/** The time zone of the demo's company. */
export const demoTimezone = 'America/New_York';

/** How long after the cut-off the demo's reports are made: the default settle delay. */
export const demoSettleMs = 6 * hourMs;
