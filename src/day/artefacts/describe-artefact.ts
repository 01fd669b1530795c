import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ArtefactEntry } from '../../model/manifest.js';

export interface StagedArtefact extends ArtefactEntry {
  /** Path of the local file, until it is archived. */
  readonly path: string;
}

/** Size and digest of a finished file; of a gzipped one also the digest of its content. */
export async function describeArtefact(
  path: string,
  name: string,
  mediaType: string,
): Promise<StagedArtefact> {
  const [{ bytes, sha256 }, content] = await Promise.all([
    digestOf(createReadStream(path, chunks)),
    mediaType === gzip ? digestOf(createReadStream(path, chunks), createGunzip()) : null,
  ]);
  const described = { name, bytes, sha256, mediaType, path };
  return content === null ? described : { ...described, contentSha256: content.sha256 };
}

const gzip = 'application/gzip';
const chunks = { highWaterMark: 1024 * 1024 };

async function digestOf(file: Readable, through?: Transform): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const count = async (read: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of read) {
      bytes += chunk.length;
      hash.update(chunk);
    }
  };
  await (through === undefined ? pipeline(file, count) : pipeline(file, through, count));
  return { bytes, sha256: hash.digest('hex') };
}
