import { createHash } from 'node:crypto';
import type { SourceRecord } from '../../ports.js';

/** How many bytes of an unreadable record are shown. */
export const excerptBytes = 200;

/** An unreadable record, with what a person needs to find it. */
export function unreadableRecord(bytes: Buffer, reason: string, place: string): SourceRecord {
  return {
    kind: 'unreadable',
    reason,
    excerpt: bytes.subarray(0, excerptBytes).toString('utf8'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    place,
  };
}
