import { z } from 'zod';
import { readDocument } from '../../model/read-document.js';
import type { Archive } from '../../ports/archive.js';
import { readKept } from './kept-file.js';

/** Claims and records of a delivery alike. */
const addressed = z.object({
  recipients: z.array(z.unknown()).default([]),
  accepted: z.array(z.unknown()).default([]),
  refused: z.array(z.unknown()).default([]),
});

/**
 * Whether a revision without a manifest had one: something of it was sent, which comes only after it. That nobody was to
 * be told may be on record before.
 *
 * @param deliveries keys of its claims and records
 */
export async function wasCommitted(archive: Archive, deliveries: readonly string[]): Promise<boolean> {
  for (const key of deliveries) {
    const kept = await readKept(archive, key);
    const read = kept.ok ? readDocument(kept.bytes, addressed) : null;
    if (read?.ok !== true) continue;
    const { recipients, accepted, refused } = read.checked;
    if (recipients.length + accepted.length + refused.length > 0) return true;
  }
  return false;
}
