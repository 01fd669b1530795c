import { createHash } from 'node:crypto';
import { unzipBatches } from '../../day/revisions/unzip-lines.js';

/** No version of this program writes a longer line: records are kept up to a much shorter one. */
const longestLineBytes = 256 * 1024 * 1024;

const lineEnd = 10;

/**
 * Goes once through a gzipped file of lines, of which little is in memory at a time.
 *
 * @returns sha-256 hex of the content, once `lines` were taken to their end
 */
export function readLines(compressed: Uint8Array): {
  readonly lines: AsyncIterable<string>;
  readonly contentSha256: () => string;
} {
  const hash = createHash('sha256');
  let length = 0;
  const seen = (chunk: Uint8Array): void => {
    hash.update(chunk);
    const last = chunk.lastIndexOf(lineEnd);
    length = last < 0 ? length + chunk.length : chunk.length - last;
    if (length > longestLineBytes) throw new Error('one of its lines is longer than any that is written');
  };
  return { lines: eachLine(compressed, seen), contentSha256: () => hash.digest('hex') };
}

async function* eachLine(compressed: Uint8Array, seen: (chunk: Uint8Array) => void): AsyncGenerator<string> {
  for await (const batch of unzipBatches(compressed, seen)) yield* batch.slice(0, -1).split('\n');
}
