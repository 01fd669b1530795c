import { utcText } from '../base/utc-text.js';

/**
 * A time for the query string of a GET request, with whole seconds: `2026-11-19T05:00:00Z`. It is typed as the SDK wants it,
 * but is text, which the SDK passes on unchanged.
 *
 * A Date would go out wrong: oci-common writes it as local time, calls that UTC, and writes hours before ten with one digit
 * (oracle/oci-typescript-sdk issue 320, seen in 2.139.1 and 2.142.1). Bodies of requests are not concerned.
 *
 * @param ms epoch milliseconds, years 0 to 9999; what is finer than a second is cut off
 */
export function queryTime(ms: number): Date {
  const text: unknown = `${utcText(ms).slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`;
  return text as Date;
}
