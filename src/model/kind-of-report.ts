import { z } from 'zod';
import { readDocument } from './read-document.js';

/** Reports that name no kind are of this one. */
export const firstKind = 'backup-compliance';

/** How this program begins every report.json. */
const begin = /^\s*\{\s*"schemaVersion"\s*:\s*\d+\s*,\s*"(kind|plan)"\s*:\s*"([a-z0-9-]+)"/;
const beginBytes = 200;

/**
 * The kind of an archived report.json.
 *
 * @returns null for bytes that are no report of any kind
 */
export function kindOfReport(bytes: Uint8Array): string | null {
  const found = begin.exec(Buffer.from(bytes.subarray(0, beginBytes)).toString('latin1'));
  // A report is large: where its beginning says it, the rest is not looked at. The kind stands before the plan.
  if (found !== null) return found[1] === 'kind' ? (found[2] ?? null) : firstKind;
  const read = readDocument(bytes, z.object({ kind: z.string().min(1).optional() }));
  return read.ok ? (read.checked.kind ?? firstKind) : null;
}
