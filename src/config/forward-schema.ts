import { z } from 'zod';
import { DateTime } from 'luxon';
import { durationBetween, ociPlaceFields, ocidValue, textValue, webUrlValue } from './values.js';

/** Where `backup-report forward` sends records to, and how. */
export const forwardSchema = z.strictObject({
  ...ociPlaceFields,
  /** A log of type CUSTOM in OCI Logging. */
  logId: ocidValue,
  /** What entries name as their source and type. */
  source: textValue.default('oci-backup-reporter'),
  type: textValue.default('com.oraclecloud.datasafe.auditevent'),
  /** Where the first run begins; later ones go on from the journal. Default: a day before it. */
  since: z
    .string()
    .refine(
      (text) => DateTime.fromISO(text, { zone: 'utc' }).isValid,
      'must be a date or an instant, such as 2026-11-01',
    )
    .transform((text) => DateTime.fromISO(text, { zone: 'utc' }).toMillis())
    .optional(),
  /** How far each run goes back behind the end of the one before. */
  overlap: durationBetween('0s', '30d').default(30 * 60_000),
  /** Another number begins another journal: what was sent before is sent again. */
  journal: z.int().min(1).max(9999).default(1),
  /** Where a search finds the log, to count what may be there twice. */
  readBack: z
    .strictObject({
      compartmentId: ocidValue,
      logGroupId: ocidValue,
      endpoint: webUrlValue.optional(),
      /** How long after it was sent an entry must be found. */
      searchableAfter: durationBetween('0s', '7d').default(60 * 60_000),
    })
    .optional(),
});
