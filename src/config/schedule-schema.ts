import { z } from 'zod';
import { minuteMs, secondMs } from '../base/time-units.js';
import { durationValue, textValue } from './values.js';

/** When `backup-report schedule` runs a plan. The cron expression is checked where it is used. */
export const scheduleSchema = z.strictObject({
  /** Five fields, in the zone of the plan. */
  cron: textValue.default('0 6 * * *'),
  /** Days before today that get their report if they have none. */
  catchUpDays: z.int().min(1).max(366).default(7),
  /** Days before today that are read again at each run, for events that came late. */
  reconcileDays: z.int().min(0).max(366).default(3),
  /** After SIGTERM, for the current stage to finish. */
  gracePeriod: durationValue.default(30 * secondMs),
  /** After a failure; doubled each time, an hour at most. */
  retryAfter: durationValue.default(5 * minuteMs),
});
