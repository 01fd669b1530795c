import { createHash } from 'node:crypto';
import type { SourceRecord } from '../../ports.js';

/** Bytes of a record that are shown when it cannot be read. */
export const excerptBytes = 200;

/** A record that cannot be read, with what a person needs to find it again. */
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
