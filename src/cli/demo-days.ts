import { hourMs } from '../base/time-units.js';

/** The zone of the demo's company. */
export const demoTimezone = 'America/New_York';

/** After the cut-off, when the demo makes the report of a day: as the default settle delay has it. */
export const demoSettleMs = 6 * hourMs;
