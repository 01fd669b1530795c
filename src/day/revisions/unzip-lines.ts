import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/**
 * The content of an archived file of lines (gzipped NDJSON) as renderers expect it: batches of whole lines, each with
 * its newline.
 *
 * @param seen is given each chunk of the content before it becomes text; what it throws ends the reading
 * @throws what zlib throws for bytes that are not gzip
 */
export async function* unzipBatches(
  compressed: Uint8Array,
  seen: (chunk: Uint8Array) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const unpacked = Readable.from([compressed]).compose<NodeJS.ReadWriteStream & AsyncIterable<Buffer>>(
    createGunzip(),
  );
  let rest = '';
  for await (const chunk of unpacked as AsyncIterable<Buffer>) {
    seen(chunk);
    const text = rest + decoder.decode(chunk, { stream: true });
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    if (end > 0) yield text.slice(0, end);
  }
  if (rest !== '') yield `${rest}\n`;
}

/** The lines one by one, without their newline. */
export async function* unzipLines(compressed: Uint8Array): AsyncGenerator<string> {
  for await (const batch of unzipBatches(compressed)) yield* batch.slice(0, -1).split('\n');
}
