import { networkError } from './http-error.js';
import type { OciCall } from './oci-error.js';

/**
 * The whole body of a streamed answer.
 *
 * @throws OciCallError (retryable) if it is truncated: nobody knows what is missing
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
