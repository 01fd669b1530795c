import { z } from 'zod';
import { hourMs, minuteMs, secondMs } from '../base/time-units.js';
import { durationBetween, textValue } from './values.js';

/** When `backup-report schedule` runs a plan. The cron expression is checked by the command. */
export const scheduleSchema = z.strictObject({
  /** Five fields, in the zone of the plan. */
  cron: textValue.default('0 6 * * *'),
  /** Days before today that get a report if they have none. */
  catchUpDays: z.int().min(1).max(366).default(7),
  /** Days before today that are read again at each run, for late events. */
  reconcileDays: z.int().min(0).max(366).default(3),
  /** How long the current stage may take to finish after SIGTERM. */
  gracePeriod: durationBetween('0s', '24h').default(30 * secondMs),
  /** Wait after a failure; doubled after each further one, up to an hour. */
  retryAfter: durationBetween('1s', '1h').default(5 * minuteMs),
  /** How long a pass over the days in sight may take before it is given up. */
  passDeadline: durationBetween('1s', '1d').default(6 * hourMs),
});
