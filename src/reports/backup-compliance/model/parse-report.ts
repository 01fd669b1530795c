import type { z } from 'zod';

import { type DocumentFault, readDocument } from '../../../model/read-document.js';
import type { DailyReport } from './daily-report.js';

/** `report` is as it was written: of it only the part that was asked for is checked, and stands in `checked`. */
export type ParsedReport<T> =
  | { readonly ok: true; readonly report: DailyReport; readonly checked: T }
  | { readonly ok: false; readonly fault: DocumentFault };

/**
 * Reads an archived report.json, of whatever language, or of a version that named none.
 *
 * @param part what of it is computed with
 */
export function parseReport<T>(bytes: Uint8Array, part: z.ZodType<T>): ParsedReport<T> {
  const read = readDocument(bytes, part);
  if (!read.ok) return read;
  // What is only handed on is taken as it was written.
  return { ok: true, report: read.written as DailyReport, checked: read.checked };
}
