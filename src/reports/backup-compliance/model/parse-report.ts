import { z } from 'zod';
import { type DocumentFault, readDocument } from '../../../model/read-document.js';
import type { DailyReport } from './daily-report.js';

/** `report` is the document as written: only the requested part is validated, and returned in `checked`. */
export type ParsedReport<T> =
  | { readonly ok: true; readonly report: DailyReport; readonly checked: T }
  | { readonly ok: false; readonly fault: DocumentFault };

/**
 * Reads an archived report.json of this kind in any language, or from a version that did not record one.
 *
 * @param part schema of the fields that are computed with
 */
export function parseReport<T>(bytes: Uint8Array, part: z.ZodType<T>): ParsedReport<T> {
  const read = readDocument(bytes, part);
  if (!read.ok) return read;
  const { kind } = read.written as { readonly kind?: unknown };
  if (kind !== undefined) return { ok: false, fault: { kind: 'malformed', error: ofAnotherKind(kind) } };
  // What is only passed on is taken as written.
  return { ok: true, report: read.written as DailyReport, checked: read.checked };
}

/** Reports of every other kind name theirs. */
function ofAnotherKind(input: unknown): z.ZodError {
  const message = 'is that of another kind of report';
  return new z.ZodError([{ code: 'custom', path: ['kind'], message, input }]);
}
