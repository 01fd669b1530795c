import type { z } from 'zod';
import { type DocumentFault, readDocument } from '../../../model/read-document.js';
import type { DailyReport } from './daily-report.js';

/** `report` is the document as written: only the requested part is validated, and returned in `checked`. */
export type ParsedReport<T> =
  | { readonly ok: true; readonly report: DailyReport; readonly checked: T }
  | { readonly ok: false; readonly fault: DocumentFault };

/**
 * Reads an archived report.json in any language, or from a version that did not record one.
 *
 * @param part schema of the fields that are computed with
 */
export function parseReport<T>(bytes: Uint8Array, part: z.ZodType<T>): ParsedReport<T> {
  const read = readDocument(bytes, part);
  if (!read.ok) return read;
  // What is only passed on is taken as written.
  return { ok: true, report: read.written as DailyReport, checked: read.checked };
}
