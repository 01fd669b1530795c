import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ArtefactEntry } from '../../model/manifest.js';

export interface StagedArtefact extends ArtefactEntry {
  /** Path of the local file, until it is archived. */
  readonly path: string;
}

/** Size and digest of a finished file. */
export async function describeArtefact(
  path: string,
  name: string,
  mediaType: string,
): Promise<StagedArtefact> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    createReadStream(path, { highWaterMark: 1024 * 1024 }),
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        hash.update(chunk);
      }
    },
  );
  return { name, bytes, sha256: hash.digest('hex'), mediaType, path };
}
