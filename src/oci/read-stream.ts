import { networkError } from './http-error.js';
import type { OciCall } from './oci-error.js';

/**
 * The whole body of an answer that comes as a stream.
 *
 * @throws OciCallError (retryable) where it is torn: nobody knows what is missing
 */
export async function readStream(stream: AsyncIterable<Uint8Array>, call: OciCall): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of stream) parts.push(part);
  } catch (error) {
    throw networkError(call, error);
  }
  return Buffer.concat(parts);
}
