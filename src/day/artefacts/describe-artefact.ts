import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createHash } from 'node:crypto';
import { createGunzip, gunzipSync } from 'node:zlib';
import { sha256Hex } from '../../base/digest.js';
import type { ArtefactEntry } from '../../model/manifest.js';

export interface StagedArtefact extends ArtefactEntry {
  /** Path of the local file, until it is archived. */
  readonly path: string;
}

const gzip = 'application/gzip';
const chunks = { highWaterMark: 1024 * 1024 };
/** Of what is unpacked: each chunk is a round trip to a thread of the pool, and the evidence of a large day has a gigabyte. */
const unpacked = { chunkSize: 256 * 1024 };
/** Up to this many bytes a file is read at once: streams and their buffers would cost more than what it holds. */
const smallBytes = 64 * 1024;

type Digests = Pick<ArtefactEntry, 'bytes' | 'sha256' | 'contentSha256'>;

/** Size and digest of a finished file; of a gzipped one also the digest of its content. */
export async function describeArtefact(
  path: string,
  name: string,
  mediaType: string,
): Promise<StagedArtefact> {
  const isSmall = (await stat(path)).size <= smallBytes;
  const digests = isSmall
    ? smallDigests(await readFile(path), mediaType)
    : await largeDigests(path, mediaType);
  const { contentSha256, ...whole } = digests;
  const described = { name, ...whole, mediaType, path };
  return contentSha256 === undefined ? described : { ...described, contentSha256 };
}

function smallDigests(file: Buffer, mediaType: string): Digests {
  const digests = { bytes: file.length, sha256: sha256Hex(file) };
  return mediaType === gzip ? { ...digests, contentSha256: sha256Hex(gunzipSync(file)) } : digests;
}

async function largeDigests(path: string, mediaType: string): Promise<Digests> {
  const [digests, content] = await Promise.all([
    digestOf(createReadStream(path, chunks)),
    mediaType === gzip ? digestOf(createReadStream(path, chunks), createGunzip(unpacked)) : null,
  ]);
  return content === null ? digests : { ...digests, contentSha256: content.sha256 };
}

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
