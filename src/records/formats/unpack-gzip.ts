import { createGunzip } from 'node:zlib';
import { explainError } from '../../errors.js';
import type { FileResult } from './file-result.js';

export function startsLikeGzip(first: Uint8Array): boolean {
  return first[0] === 0x1f && first[1] === 0x8b;
}

/**
 * Unpacks gzip chunk by chunk. A pipe would not do: a stream that fails drops output that was not read yet, which may
 * contain whole events. The next chunk is unpacked while the output of the last one is being read.
 */
export async function* unpackGzip(
  raw: AsyncIterable<Buffer>,
  size: number,
  result: FileResult,
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  let output: Buffer[] = [];
  let fault: unknown = null;
  gunzip.on('data', (bytes: Buffer) => output.push(bytes));
  gunzip.on('error', (error) => (fault ??= error));
  // A damaged stream closes without calling the write callback.
  const closed = new Promise<void>((resolve) => void gunzip.once('close', resolve));
  let unpacking = Promise.resolve();
  try {
    for await (const chunk of raw) {
      await unpacking;
      if (fault !== null) break;
      const ready = output;
      output = [];
      const written = new Promise<void>((resolve) => void gunzip.write(chunk, () => resolve()));
      unpacking = Promise.race([written, closed]);
      yield* ready;
    }
    await unpacking;
    if (fault === null) {
      const ended = new Promise<void>((resolve) => void gunzip.end().once('end', resolve));
      await Promise.race([ended, closed]);
    }
    if (fault !== null) result.fault = gzipFault(fault);
    const unread = size - gunzip.bytesWritten;
    if (fault === null && unread > 0)
      result.fault = `${unread} bytes after its gzip data were not read: they are not gzip`;
    yield* output;
  } finally {
    gunzip.destroy();
  }
}

function gzipFault(error: unknown): string {
  const words = explainError(error);
  return words.includes('unexpected end of file')
    ? 'its gzip data is cut off; what came before is in the report'
    : `its gzip data is damaged (${words}); what could be unpacked before the damage is in the report`;
}
