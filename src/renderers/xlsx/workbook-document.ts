import type { StampedDocument } from '../../model/report-stamp.js';

/** What the engine itself reads of a document: the rest is read by the lists of its kind. */
export type WorkbookDocument = StampedDocument &
  (
    | {
        readonly reportDay: { readonly timezone: string };
        readonly controlTotals: { readonly used: number };
      }
    | { readonly period: { readonly timezone: string } }
  );

/** IANA name of the zone that its times are shown in. */
export function timezoneOf(document: WorkbookDocument): string {
  return 'period' in document ? document.period.timezone : document.reportDay.timezone;
}
