import type { FileDigests } from './describe-artefact.js';
import { GzipLineWriter } from './gzip-line-writer.js';

/** Writes the file of lines: gzipped NDJSON. */
export async function writeLines(lines: AsyncIterable<string>, path: string): Promise<FileDigests> {
  const writer = new GzipLineWriter(path);
  try {
    for await (const some of lines) {
      writer.writeLines(some);
      const behind = writer.behind();
      if (behind !== undefined) await behind;
    }
    return await writer.close();
  } catch (error) {
    writer.destroy();
    throw error;
  }
}
