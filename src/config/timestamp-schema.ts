import { z } from 'zod';
import { secondMs } from '../base/time-units.js';
import { durationBetween, textValue, webUrlValue } from './values.js';

/** Who stamps the time on reports: a time-stamping authority by RFC 3161. */
export const timestampSchema = z.strictObject({
  /** Its path and query may be secret. */
  url: webUrlValue,
  /** A file with the certificates of those who certify the authority, in PEM. */
  ca: textValue,
  /** Per attempt; there are up to three. */
  timeout: durationBetween('100ms', '1h').default(20 * secondMs),
});
