import { z } from 'zod';
import { durationValue, ocidValue, ociPlaceFields, textValue } from './values.js';

const webUrl = z.url({ protocol: /^https?$/, error: 'must be a URL with https:// or http://' });

/** When `backup-report schedule` runs a plan. Whether the cron expression is one is seen where it is used. */
export const scheduleSchema = z.strictObject({
  /** Five fields, in the zone of the plan. */
  cron: textValue.default('0 6 * * *'),
  /** Days before today that get their report if they have none. */
  catchUpDays: z.int().min(1).max(366).default(7),
  /** Days before today that are read again at each run, for events that came late. */
  reconcileDays: z.int().min(0).max(366).default(3),
  /** After SIGTERM, for the stage at hand. */
  gracePeriod: durationValue.default(30_000),
  /** After a failure; doubled each time, an hour at most. */
  retryAfter: durationValue.default(5 * 60 * 1000),
});

const common = {
  name: textValue,
  /** trouble: only where the report is not COMPLIANT and COMPLETE. */
  when: z.enum(['always', 'trouble']).default('always'),
};

export const channels = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('oci-notifications'), ...common, ...ociPlaceFields, topicId: ocidValue }),
  z.strictObject({
    type: z.literal('webhook'),
    ...common,
    url: webUrl,
    format: z.enum(['json', 'slack', 'teams']).default('json'),
    timeout: durationValue.default(20_000),
  }),
]);

/** A URL that notices silence: `URL/start` at the start, `URL` after success, `URL/fail` after failure. */
export const heartbeat = z.strictObject({ url: webUrl, timeout: durationValue.default(10_000) });
