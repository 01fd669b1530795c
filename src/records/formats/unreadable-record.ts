import { type Hash, createHash } from 'node:crypto';
import type { SourceRecord } from '../../ports/event-source.js';

/** How many bytes of an unreadable record are shown. */
const excerptBytes = 200;

/** An unreadable record, with what a person needs to find it. */
export function unreadableRecord(bytes: Buffer, reason: string, place: string): SourceRecord {
  const part = new UnreadablePart(place);
  part.add(bytes);
  return part.record(reason);
}

/** The same for bytes that need not fit into memory: of them, only the beginning and the digest are kept. */
export class UnreadablePart {
  readonly #place: string;
  readonly #hash: Hash = createHash('sha256');
  #beginning: Buffer = Buffer.alloc(0);
  bytes = 0;

  constructor(place: string) {
    this.#place = place;
  }

  add(bytes: Buffer): void {
    this.#hash.update(bytes);
    this.bytes += bytes.length;
    const missing = excerptBytes - this.#beginning.length;
    if (missing > 0) this.#beginning = Buffer.concat([this.#beginning, bytes.subarray(0, missing)]);
  }

  record(reason: string): SourceRecord {
    return {
      kind: 'unreadable',
      reason,
      excerpt: this.#beginning.toString('utf8'),
      sha256: this.#hash.digest('hex'),
      bytes: this.bytes,
      place: this.#place,
    };
  }
}
