import { createHash } from 'node:crypto';

/** The sha-256 of the bytes, as the library for certificates takes it. */
export function sha256(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(createHash('sha256').update(bytes).digest()).buffer;
}
